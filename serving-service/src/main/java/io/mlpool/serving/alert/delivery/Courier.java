package io.mlpool.serving.alert.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes notifications to their receivers. Each receiver has threads of its own, so that one which hangs keeps nobody else waiting, and an
 * attempt holds no connection to the database. What is sent is marked afterwards: who is killed in between has it sent again by
 * whoever finds the lease ended, under the same id.
 */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final List<Receiver> receivers;
    private final Composition composition;
    private final NotificationStore notifications;
    private final Backoff backoff;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<String, Semaphore> free;
    private final Map<UUID, Thread> running = new ConcurrentHashMap<>();

    Courier(
            List<Receiver> receivers,
            Composition composition,
            NotificationStore notifications,
            Backoff backoff,
            MeterRegistry meters,
            Clock clock) {
        this.receivers = List.copyOf(receivers);
        this.composition = composition;
        this.notifications = notifications;
        this.backoff = backoff;
        this.meters = meters;
        this.clock = clock;
        this.free = receivers.stream()
                .collect(Collectors.toMap(Receiver::name, receiver -> new Semaphore(receiver.concurrency())));
    }

    /** Begins whatever can be begun, and waits for none of it. A receiver in trouble is no trouble of the others. */
    void round() {
        RuntimeException first = null;
        for (Receiver receiver : receivers) {
            try {
                composition.run(receiver);
                begin(receiver);
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Whether an attempt is under way. */
    boolean isBusy() {
        return !running.isEmpty();
    }

    /** Ends attempts that are under way; they are made again when their lease is over. */
    void stop() {
        running.values().forEach(Thread::interrupt);
    }

    private void begin(Receiver receiver) {
        Semaphore places = free.get(receiver.name());
        int free = places == null ? 0 : places.drainPermits();
        if (free == 0 || places == null) {
            return;
        }
        int begun = 0;
        try {
            for (Notification notification : notifications.claim(receiver, free, running.keySet())) {
                begun++;
                start(receiver, notification, places);
            }
        } finally {
            places.release(free - begun);
        }
    }

    private void start(Receiver receiver, Notification notification, Semaphore places) {
        UUID key = notification.id();
        Thread thread = Thread.ofVirtual().name("alert to " + receiver.name()).unstarted(() -> {
            try {
                deliver(receiver, notification);
            } finally {
                running.remove(key);
                places.release();
            }
        });
        running.put(key, thread);
        thread.start();
    }

    private void deliver(Receiver receiver, Notification notification) {
        try {
            Outcome outcome = attempt(receiver, notification);
            count(receiver, settle(receiver, notification, outcome));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn(
                    "What became of alert notification {} cannot be noted: it will be sent again",
                    notification.id(),
                    e);
        }
    }

    private static Outcome attempt(Receiver receiver, Notification notification) throws InterruptedException {
        try {
            return receiver.channel().send(notification);
        } catch (RuntimeException e) {
            LOG.warn("Receiver {} cannot be sent to", receiver.name(), e);
            return new Outcome.Failed("an unexpected error, which is in the log of the service", null);
        }
    }

    private String settle(Receiver receiver, Notification notification, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered _ -> {
                notifications.delivered(notification);
                yield "delivered";
            }
            case Outcome.Failed failed -> failed(receiver, notification, failed);
            case Outcome.Unwanted unwanted -> dead(receiver, notification, unwanted.reason());
        };
    }

    private String failed(Receiver receiver, Notification notification, Outcome.Failed failed) {
        Instant now = clock.instant();
        Instant next = now.plus(backoff.after(notification.attempts(), failed.retryAfter()));
        if (!next.isBefore(notification.giveUpAt())) {
            return dead(receiver, notification, failed.reason());
        }
        notifications.retry(notification, next, failed.reason());
        return "failed";
    }

    private String dead(Receiver receiver, Notification notification, String reason) {
        LOG.warn(
                "Alert notification {} to receiver {} is given up after {} attempts: {}",
                notification.id(),
                receiver.name(),
                notification.attempts(),
                reason);
        notifications.giveUp(notification, reason);
        return "dead";
    }

    private void count(Receiver receiver, String outcome) {
        meters.counter("mlpool.alert.deliveries", "receiver", receiver.name(), "outcome", outcome)
                .increment();
    }
}
