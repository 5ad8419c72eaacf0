package io.mlpool.serving.anomalies;

import io.mlpool.market.Interval;
import io.mlpool.serving.anomaly.Dimension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** What a detector is told of a candle: a number for each dimension, NaN for what is not known. */
final class CandlePoints {

    /**
     * Log return against the candle directly before; logarithm of what was traded; log of high over low; return less the market's; log
     * change of the value locked, in the candle in which it became known. With the smallest spreads that matter: a basis point of
     * price, a hundredth of volume, a thousandth of value locked.
     */
    static final List<Dimension> DIMENSIONS = List.of(
            new Dimension("return", 1e-4),
            new Dimension("volume", 0.01),
            new Dimension("range", 1e-4),
            new Dimension("spread", 1e-4),
            new Dimension("value_locked", 1e-3));

    private static final int VOLUME = 1;

    private final Interval interval;
    private final Map<Instant, Double> market;
    private final NavigableMap<Instant, Double> locked;

    /**
     * The points of one asset.
     *
     * @param market its log return by close time
     * @param locked log changes of the asset's value locked by the time at which they became known
     */
    CandlePoints(Interval interval, Map<Instant, Double> market, NavigableMap<Instant, Double> locked) {
        this.interval = interval;
        this.market = market;
        this.locked = locked;
    }

    double[] point(@Nullable WatchedCandle before, WatchedCandle candle) {
        Instant close = candle.openTime().plus(interval.duration());
        boolean follows =
                before != null && before.openTime().plus(interval.duration()).equals(candle.openTime());
        double change = follows && before != null ? Math.log(candle.close() / before.close()) : Double.NaN;
        return new double[] {
            change,
            volume(candle),
            candle.hasRange() ? Math.log(candle.high() / candle.low()) : Double.NaN,
            change - market.getOrDefault(close, Double.NaN),
            locked(candle.openTime(), close)
        };
    }

    /** The value as people know it: what was traded is a number of the quote currency. */
    static double shown(int dimension, double value) {
        return dimension == VOLUME ? Math.expm1(value) : value;
    }

    private static double volume(WatchedCandle candle) {
        double amount = candle.volume().amount();
        return switch (candle.volume().kind()) {
            case UNKNOWN -> Double.NaN;
            case BASE -> Math.log1p(amount * candle.close());
            case TRAILING_24H_QUOTE -> Math.log1p(amount);
        };
    }

    private double locked(Instant open, Instant close) {
        Map.Entry<Instant, Double> newest = locked.floorEntry(close);
        return newest != null && newest.getKey().isAfter(open) ? newest.getValue() : Double.NaN;
    }
}
