package io.mlpool.readings;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Takes all readings one after the other, on a thread of their own: metrics must not hold up what they are about. */
final class Readings implements SmartLifecycle {

    private final List<RepeatedReading> readings;
    private final Duration interval;
    private volatile @Nullable ScheduledExecutorService thread;

    Readings(List<RepeatedReading> readings, Duration interval) {
        this.readings = List.copyOf(readings);
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService reading = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("readings").daemon().factory());
        Future<?> _ = reading.scheduleWithFixedDelay(this::takeAll, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        thread = reading;
    }

    /** The database is closed after this. */
    @Override
    public synchronized void stop() {
        ScheduledExecutorService reading = thread;
        thread = null;
        if (reading != null) {
            reading.shutdownNow();
            reading.close();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void takeAll() {
        readings.forEach(RepeatedReading::take);
    }
}
