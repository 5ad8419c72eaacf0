package io.mlpool.serving.alert.delivery;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.serving.alert.AlertWorld;
import io.mlpool.serving.alert.silence.SilenceStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;

/** A replica that evaluates and delivers. */
final class Replica {

    final SilenceStore silences;
    final NotificationStore notifications;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final AlertWorld world;
    private final Outbox outbox;
    private final Courier courier;

    Replica(AlertWorld world, Map<String, ReceiverSettings> settings) {
        this.world = world;
        var receivers = Receivers.of(settings, world.clock);
        outbox = new Outbox(world.jdbc, receivers, world.clock);
        silences = new SilenceStore(world.jdbc, world.transaction, world.clock);
        notifications = new NotificationStore(world.jdbc, 500, Duration.ofHours(36), world.clock);
        Composition composition = new Composition(world.jdbc, world.transaction, notifications, silences, world.clock);
        courier = new Courier(receivers, composition, notifications, new Backoff(new Random(7)), meters, world.clock);
    }

    void evaluate() {
        world.evaluate(outbox);
    }

    void removeOld(Instant before) {
        outbox.remove(before);
    }

    /** Begins what is due. */
    void begin() {
        courier.round();
    }

    /** Begins what is due, and waits until it is over. */
    void deliver() {
        courier.round();
        eventually(() -> assertThat(courier.isBusy()).isFalse());
    }

    /** Lets time pass, and looks every 30 seconds or twenty times for what is due. */
    void pass(Duration time) {
        long step = Math.max(30, time.toSeconds() / 20);
        for (long seconds = 0; seconds < time.toSeconds(); seconds += step) {
            world.advance(Duration.ofSeconds(step));
            deliver();
        }
    }

    int deliveries(String receiver, String outcome) {
        return (int) meters.counter("mlpool.alert.deliveries", "receiver", receiver, "outcome", outcome)
                .count();
    }
}
