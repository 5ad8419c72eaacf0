package io.mlpool.ingest;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** Waiting, so that a test can let time pass without waiting. */
@FunctionalInterface
public interface Pause {

    /**
     * Returns when {@code duration} is over; at once when it is not positive.
     *
     * @throws CancellationException when the thread is interrupted; the interrupt stays set
     */
    void of(Duration duration);

    /** Really sleeps. */
    static Pause sleeping() {
        return duration -> {
            try {
                Thread.sleep(duration);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("stopped while waiting for " + duration);
            }
        };
    }
}
