package io.mlpool.anomaly;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * The finished candles of one asset as points of all dimensions. Each dimension is told on a scale of its own, made of the
 * {@link #WINDOW} candles before, so that one forest serves all assets, and a candle's point depends on a fixed stretch of time before
 * it: computed live or over ten years of history it is the same to the last bit.
 */
public final class CandlePoints {

    /** Candles before one that say what is usual for it; a week of hours. */
    public static final int WINDOW = 168;

    /** Fewer known values among them say nothing. */
    static final int FEWEST = 48;

    private final CandleSeries series;
    private final Map<Dimension, Column> columns = new EnumMap<>(Dimension.class);

    private CandlePoints(CandleSeries series) {
        this.series = series;
        for (Dimension dimension : Dimension.values()) {
            columns.put(dimension, Column.unknown(series.size()));
        }
    }

    private record Column(double[] values, double[] usual, float[] scaled) {

        static Column unknown(int size) {
            Column column = new Column(new double[size], new double[size], new float[size]);
            Arrays.fill(column.values, Double.NaN);
            Arrays.fill(column.usual, Double.NaN);
            Arrays.fill(column.scaled, Float.NaN);
            return column;
        }

        void set(int i, double value, double median, float distance) {
            values[i] = value;
            usual[i] = median;
            scaled[i] = distance;
        }
    }

    /** Where candles must begin so that the point of one that closes at {@code close} is whole. */
    public static Instant historyFrom(Interval interval, Instant close) {
        return close.minus(interval.duration().multipliedBy(WINDOW + 2));
    }

    /** Of a series; unknown returns of the market and locked values are allowed. */
    public static CandlePoints of(CandleSeries series, MarketReturns market, LockedChanges locked) {
        CandlePoints points = new CandlePoints(series);
        points.scale(Dimension.RETURN, i -> MarketReturns.logReturn(series, i));
        points.scale(Dimension.VOLUME, i -> finiteLog(series.turnover(i)));
        points.scale(Dimension.RANGE, series::range);
        points.scale(Dimension.SPREAD, i -> MarketReturns.logReturn(series, i) - market.at(series.openSecond(i)));
        points.lock(locked);
        return points;
    }

    /** Nothing traded is no small amount but an outage, or an asset that rests. */
    private static double finiteLog(double turnover) {
        return turnover > 0 ? Math.log(turnover) : Double.NaN;
    }

    private void scale(Dimension dimension, IntToDoubleFunction values) {
        Trailing before = new Trailing(FEWEST, dimension.least());
        long window = WINDOW * series.key().interval().seconds();
        for (int i = 0; i < series.size(); i++) {
            if (dimension == Dimension.VOLUME && isCountedAnew(i)) {
                before.clear();
            }
            before.forget(series.openSecond(i) - window);
            double value = values.applyAsDouble(i);
            if (!Double.isNaN(value)) {
                if (before.isWarm()) {
                    column(dimension).set(i, value, before.median(), before.scaled(value));
                }
                before.learn(series.openSecond(i), value);
            }
        }
    }

    /** What is traded in a candle and what is traded in a day are different things. */
    private boolean isCountedAnew(int i) {
        return i > 0 && series.turnoverIsTrailing(i) != series.turnoverIsTrailing(i - 1);
    }

    private void lock(LockedChanges locked) {
        for (int i = 0; i < series.size(); i++) {
            int candle = i;
            long open = series.openSecond(i);
            locked.between(open, open + series.key().interval().seconds()).ifPresent(change -> column(Dimension.LOCKED)
                    .set(candle, change.value(), change.usual(), change.scaled()));
        }
    }

    private Column column(Dimension dimension) {
        return Objects.requireNonNull(columns.get(dimension));
    }

    /** Number of candles. */
    public int size() {
        return series.size();
    }

    public CandleSeries series() {
        return series;
    }

    public Instant closeTime(int i) {
        return series.closeTime(i);
    }

    /** Whether enough came before it to say anything. */
    public boolean isKnown(int i) {
        return isKnown(i, Dimension.RETURN);
    }

    public boolean isKnown(int i, Dimension dimension) {
        return !Float.isNaN(scaled(i, dimension));
    }

    /** In the dimension's unit; NaN where not known. */
    public double value(int i, Dimension dimension) {
        return column(dimension).values[i];
    }

    /** The median of the values before, in the dimension's unit; NaN where not known. */
    public double usual(int i, Dimension dimension) {
        return column(dimension).usual[i];
    }

    /** Distance from what is usual, in units that all dimensions share; 0 is as usual, NaN not known. */
    public float scaled(int i, Dimension dimension) {
        return column(dimension).scaled[i];
    }
}
