package io.mlpool.ingest.requests;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.mlpool.ingest.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Keeps this process below so many requests per minute. */
public final class RequestPace {

    private static final long MILLION = 1_000_000;

    private final Bucket bucket;
    private final Clock clock;
    private final Pause pause;
    private volatile Instant notBefore = Instant.MIN;

    private RequestPace(int atOnce, int requestsPerMinute, Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
        this.bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(atOnce).refillGreedy(requestsPerMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(meter(clock))
                .build();
    }

    /**
     * A fifth of the requests may go at once, the rest evenly, so that no minute sees more than 1.2 times the rate: six of five,
     * thirty of twenty-five.
     */
    public static RequestPace withBurst(int requestsPerMinute, Clock clock, Pause pause) {
        return new RequestPace(Math.max(1, requestsPerMinute / 5), requestsPerMinute, clock, pause);
    }

    /** One request after the other, never two at once. */
    public static RequestPace even(int requestsPerMinute, Clock clock, Pause pause) {
        return new RequestPace(1, requestsPerMinute, clock, pause);
    }

    /** Returns when the next request may go. */
    public void await() {
        while (true) {
            Instant now = clock.instant();
            if (now.isBefore(notBefore)) {
                pause.of(now.until(notBefore));
                continue;
            }
            long nanos = bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill();
            if (nanos == 0) {
                return;
            }
            pause.of(Duration.ofNanos(nanos));
        }
    }

    /** Holds back every request of this process, as the source asked. */
    public void holdFor(Duration wait) {
        notBefore = clock.instant().plus(wait);
    }

    private static TimeMeter meter(Clock clock) {
        return new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return clock.millis() * MILLION;
            }

            @Override
            public boolean isWallClockBased() {
                return true;
            }
        };
    }
}
