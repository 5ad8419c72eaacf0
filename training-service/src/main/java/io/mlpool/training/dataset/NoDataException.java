package io.mlpool.training.dataset;

import io.mlpool.market.Interval;
import java.util.Map;

/** Nothing to learn from; the message says what is missing for each asset. */
public final class NoDataException extends RuntimeException {

    public NoDataException(Interval interval, Map<String, String> leftOut) {
        super("no asset has enough %s candles to learn from: %s. Import or fetch more history first"
                .formatted(interval, leftOut.isEmpty() ? "there are none at all" : leftOut));
    }

    public NoDataException(String message) {
        super(message);
    }
}
