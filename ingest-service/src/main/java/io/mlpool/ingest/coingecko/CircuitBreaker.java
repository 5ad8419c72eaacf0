package io.mlpool.ingest.coingecko;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Leaves CoinGecko alone for a while after requests failed in a row; then one failure more closes the door again. */
final class CircuitBreaker {

    private static final int FAILURES = 3;
    private static final Duration REST = Duration.ofMinutes(5);

    private final Clock clock;
    private int failuresInARow;
    private Instant openAgain = Instant.MIN;

    CircuitBreaker(Clock clock) {
        this.clock = clock;
    }

    synchronized void check() {
        if (clock.instant().isBefore(openAgain)) {
            throw CoinGeckoException.without(
                    Trouble.RESTING,
                    "%d requests in a row failed; the next is tried at %s.".formatted(failuresInARow, openAgain));
        }
    }

    synchronized void succeeded() {
        failuresInARow = 0;
    }

    synchronized void failed() {
        failuresInARow++;
        if (failuresInARow >= FAILURES) {
            openAgain = clock.instant().plus(REST);
        }
    }
}
