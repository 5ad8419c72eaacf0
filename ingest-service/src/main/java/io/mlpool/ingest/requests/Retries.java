package io.mlpool.ingest.requests;

import io.mlpool.ingest.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Whether a request that came to nothing is tried again, and how long it is waited before. */
public final class Retries {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    private final int attempts;
    private final Duration longestWait;
    private final RequestPace pace;
    private final Pause pause;
    private final RandomGenerator random;

    /**
     * Retries of one source.
     *
     * @param attempts at most, the first one counted
     * @param longestWait within a request; what a source asks for beyond it is left to the scheduler
     * @param pace that holds all requests for as long as the source asks for
     */
    public Retries(int attempts, Duration longestWait, RequestPace pace, Pause pause, RandomGenerator random) {
        this.attempts = attempts;
        this.longestWait = longestWait;
        this.pace = pace;
        this.pause = pause;
        this.random = random;
    }

    public int attempts() {
        return attempts;
    }

    /**
     * Waits, where another attempt is made.
     *
     * @param worthRetry whether the trouble is of a kind that passes
     * @param retryAfter what the source asks to be left alone for
     * @param attempt that came to nothing, counted from 1
     * @return whether to try again now
     */
    public boolean again(boolean worthRetry, Optional<Duration> retryAfter, int attempt) {
        if (!worthRetry) {
            return false;
        }
        retryAfter.ifPresent(pace::holdFor);
        if (attempt >= attempts || retryAfter.filter(this::isTooLong).isPresent()) {
            return false;
        }
        if (retryAfter.isEmpty()) {
            pause.of(backoff(attempt));
        }
        return true;
    }

    private boolean isTooLong(Duration wait) {
        return wait.compareTo(longestWait) > 0;
    }

    /** Doubles with each attempt; between half and all of it is waited, so that replicas do not come back together. */
    private Duration backoff(int attempt) {
        long full = Math.min(FIRST_WAIT.toMillis() << (attempt - 1), longestWait.toMillis());
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
