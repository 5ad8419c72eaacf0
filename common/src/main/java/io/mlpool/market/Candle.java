package io.mlpool.market;

import java.time.Instant;
import java.util.Set;

/**
 * What happened to a price between {@code openTime} (inclusive) and {@link #closeTime()} (exclusive), in UTC.
 *
 * @param interval length of the candle
 * @param openTime a whole multiple of the interval since the epoch
 * @param open first price; like all four in quote currency, finite and positive
 * @param high highest price, not below open and close
 * @param low lowest price, not above open and close
 * @param close last price
 * @param volume what was traded
 * @param finished false while the period still runs: such a candle is replaced later and no model sees it
 * @param flags what a reader should know
 */
public record Candle(
        Interval interval,
        Instant openTime,
        double open,
        double high,
        double low,
        double close,
        Volume volume,
        boolean finished,
        Set<CandleFlag> flags) {

    public Candle {
        if (!interval.isAligned(openTime)) {
            throw new IllegalArgumentException(
                    "open time %s is not a whole multiple of %s".formatted(openTime, interval));
        }
        requirePrice("open", open);
        requirePrice("high", high);
        requirePrice("low", low);
        requirePrice("close", close);
        if (low > Math.min(open, close) || high < Math.max(open, close)) {
            throw new IllegalArgumentException(
                    "low <= open, close <= high is broken: open %s, high %s, low %s, close %s"
                            .formatted(open, high, low, close));
        }
        flags = Set.copyOf(flags);
    }

    /** A finished candle without remarks. */
    public static Candle of(
            Interval interval, Instant openTime, double open, double high, double low, double close, Volume volume) {
        return new Candle(interval, openTime, open, high, low, close, volume, true, Set.of());
    }

    /** End of the period (exclusive): from here on the close is known. */
    public Instant closeTime() {
        return openTime.plus(interval.duration());
    }

    private static void requirePrice(String name, double price) {
        if (!Double.isFinite(price) || price <= 0) {
            throw new IllegalArgumentException("%s must be finite and positive, found %s".formatted(name, price));
        }
    }
}
