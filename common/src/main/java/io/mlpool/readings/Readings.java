package io.mlpool.readings;

import io.mlpool.threads.RepeatingThread;
import java.time.Duration;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Takes all readings one after the other, on a thread of their own: metrics must not hold up what they are about. */
final class Readings implements SmartLifecycle {

    private final List<RepeatedReading> readings;
    private final Duration interval;
    private final RepeatingThread thread = new RepeatingThread("readings");

    Readings(List<RepeatedReading> readings, Duration interval) {
        this.readings = List.copyOf(readings);
        this.interval = interval;
    }

    @Override
    public void start() {
        thread.start(this::takeAll, Duration.ZERO, interval);
    }

    /** The database is closed after this. */
    @Override
    public void stop() {
        thread.stop();
    }

    @Override
    public boolean isRunning() {
        return thread.isRunning();
    }

    private void takeAll() {
        readings.forEach(RepeatedReading::take);
    }
}
