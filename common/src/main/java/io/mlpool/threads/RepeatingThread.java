package io.mlpool.threads;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Repeats one thing on a thread of its own, for what must not wait for the work of others. May be started again after it was stopped. */
public final class RepeatingThread {

    private final String name;
    private volatile @Nullable ScheduledExecutorService running;

    public RepeatingThread(String name) {
        this.name = name;
    }

    /**
     * Begins.
     *
     * @param what is not repeated any more once it throws
     * @param first how long to wait before it is done first
     * @param pause between its end and its next beginning
     */
    public synchronized void start(Runnable what, Duration first, Duration pause) {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        Future<?> _ = started.scheduleWithFixedDelay(what, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        running = started;
    }

    /** Interrupts it, and returns when it has ended: what it works with may be closed then. */
    public synchronized void stop() {
        ScheduledExecutorService stopped = running;
        running = null;
        if (stopped != null) {
            stopped.shutdownNow();
            stopped.close();
        }
    }

    public boolean isRunning() {
        return running != null;
    }
}
