package io.mlpool.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/**
 * How much one caller may ask in a minute. All of it may come at once; it fills up again evenly. Answers say how much is left, in the header
 * fields of draft-ietf-httpapi-ratelimit-headers-06.
 *
 * @param perMinute requests
 */
record RateLimit(int perMinute, Bucket bucket) {

    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    static RateLimit of(int perMinute, TimeMeter time) {
        return new RateLimit(
                perMinute,
                Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                        .withCustomTimePrecision(time)
                        .build());
    }

    /** Counts a request and writes down what is left. */
    Admission admit(HttpServletResponse response) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        response.setIntHeader("RateLimit-Limit", perMinute);
        response.setIntHeader("RateLimit-Remaining", (int) probe.getRemainingTokens());
        response.setIntHeader("RateLimit-Reset", seconds(probe.getNanosToWaitForReset()));
        return new Admission(probe.isConsumed(), seconds(probe.getNanosToWaitForRefill()));
    }

    /** Rounded up: who comes back then is served. */
    private static int seconds(long nanos) {
        return (int) ((nanos + NANOS - 1) / NANOS);
    }

    /** @param seconds until the next request is admitted; 0 when this one was */
    record Admission(boolean granted, int seconds) {}
}
