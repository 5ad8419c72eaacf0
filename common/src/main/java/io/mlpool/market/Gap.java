package io.mlpool.market;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch without candles.
 *
 * @param from open time of the first missing candle (inclusive)
 * @param to open time of the next candle that is there (exclusive)
 */
public record Gap(Instant from, Instant to) {

    public Gap {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a gap must end after it begins, found %s to %s".formatted(from, to));
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }
}
