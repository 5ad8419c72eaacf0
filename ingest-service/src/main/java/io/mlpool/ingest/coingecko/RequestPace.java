package io.mlpool.ingest.coingecko;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.mlpool.ingest.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps this process below the plan's requests per minute. A fifth of them may go at once, the rest evenly, so that no minute
 * sees more than 1.2 times the rate: six keyless, thirty with a demo key.
 */
final class RequestPace {

    private static final long MILLION = 1_000_000;

    private final Bucket bucket;
    private final Clock clock;
    private final Pause pause;
    private volatile Instant notBefore = Instant.MIN;

    RequestPace(int requestsPerMinute, Clock clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
        this.bucket = Bucket.builder()
                .addLimit(limit -> limit.capacity(Math.max(1, requestsPerMinute / 5))
                        .refillGreedy(requestsPerMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(meter(clock))
                .build();
    }

    /** Returns when the next request may go. */
    void await() {
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

    /** Holds back every request of this process, as CoinGecko asked. */
    void holdFor(Duration wait) {
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
