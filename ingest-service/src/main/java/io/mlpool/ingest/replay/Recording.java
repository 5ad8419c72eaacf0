package io.mlpool.ingest.replay;

import io.mlpool.market.Candle;
import io.mlpool.market.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Candles that were recorded once.
 *
 * @param name tells recordings apart, for people and across restarts
 * @param key the series they are played into
 * @param candles finished, strictly increasing, at least one
 */
public record Recording(String name, SeriesKey key, List<Candle> candles) {

    public Recording {
        candles = List.copyOf(candles);
        if (candles.isEmpty()) {
            throw new IllegalArgumentException("the recording '%s' has no candles".formatted(name));
        }
        for (int i = 0; i < candles.size(); i++) {
            requireNext(name, key, candles, i);
        }
    }

    private static void requireNext(String name, SeriesKey key, List<Candle> candles, int i) {
        Candle candle = candles.get(i);
        if (candle.interval() != key.interval() || !candle.finished()) {
            throw new IllegalArgumentException(
                    "the recording '%s' must hold finished candles of %s, found %s".formatted(name, key, candle));
        }
        if (i > 0 && !candle.openTime().isAfter(candles.get(i - 1).openTime())) {
            throw new IllegalArgumentException("the recording '%s' must be strictly increasing, found %s after %s"
                    .formatted(name, candle.openTime(), candles.get(i - 1).openTime()));
        }
    }

    /** When its first candle opens. */
    Instant start() {
        return candles.getFirst().openTime();
    }

    /** When its last candle closes. */
    Instant end() {
        return candles.getLast().closeTime();
    }

    /** The point in time at which {@code share} (0 to 1) of its span is over, as the close time of a candle. */
    Instant after(double share) {
        Duration span = Duration.between(start(), end());
        return key.interval().floor(start().plusMillis(Math.round(span.toMillis() * share)));
    }
}
