package io.mlpool.market;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finished candles of one asset and interval in strictly increasing order, held as columns: a million hours take 29 MB.
 * A missing candle is a gap, never a made-up row.
 */
public final class CandleSeries {

    private final SeriesKey key;
    private final long[] openSeconds;
    private final float[] range;
    private final double[] close;
    private final double[] turnover;
    private final boolean[] trailing;

    private CandleSeries(
            SeriesKey key, long[] openSeconds, float[] range, double[] close, double[] turnover, boolean[] trailing) {
        this.key = key;
        this.openSeconds = openSeconds;
        this.range = range;
        this.close = close;
        this.turnover = turnover;
        this.trailing = trailing;
    }

    /**
     * The series of these candles.
     *
     * @throws IllegalArgumentException when a candle has another interval, is unfinished, or is not later than the one before
     */
    public static CandleSeries of(SeriesKey key, List<Candle> candles) {
        Builder builder = new Builder(key, candles.size());
        candles.forEach(builder::add);
        return builder.build();
    }

    public SeriesKey key() {
        return key;
    }

    public int size() {
        return close.length;
    }

    public boolean isEmpty() {
        return close.length == 0;
    }

    /** Epoch second at which candle {@code i} opens. */
    public long openSecond(int i) {
        return openSeconds[i];
    }

    public Instant openTime(int i) {
        return Instant.ofEpochSecond(openSeconds[i]);
    }

    /** When candle {@code i} became known. */
    public Instant closeTime(int i) {
        return Instant.ofEpochSecond(openSeconds[i] + key.interval().seconds());
    }

    /** Logarithm of the highest price over the lowest; NaN when the source knows closes only. */
    public float range(int i) {
        return range[i];
    }

    public double close(int i) {
        return close[i];
    }

    /**
     * Quote currency traded within the candle, or in the 24 hours up to its close where {@link #turnoverIsTrailing(int)};
     * NaN when the source does not say.
     */
    public double turnover(int i) {
        return turnover[i];
    }

    public boolean turnoverIsTrailing(int i) {
        return trailing[i];
    }

    /** How many candles closed at or before a time: they are the first ones. */
    public int closedBy(Instant time) {
        long openSecond = time.getEpochSecond() - key.interval().seconds();
        int at = Arrays.binarySearch(openSeconds, openSecond);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** The candles of positions {@code from} (inclusive) to {@code to} (exclusive). */
    public CandleSeries slice(int from, int to) {
        return new CandleSeries(
                key,
                Arrays.copyOfRange(openSeconds, from, to),
                Arrays.copyOfRange(range, from, to),
                Arrays.copyOfRange(close, from, to),
                Arrays.copyOfRange(turnover, from, to),
                Arrays.copyOfRange(trailing, from, to));
    }

    /** The runs of missing candles, oldest first. */
    public List<Gap> gaps() {
        List<Gap> gaps = new ArrayList<>();
        long step = key.interval().seconds();
        for (int i = 1; i < size(); i++) {
            if (openSeconds[i] - openSeconds[i - 1] > step) {
                gaps.add(new Gap(Instant.ofEpochSecond(openSeconds[i - 1] + step), openTime(i)));
            }
        }
        return gaps;
    }

    /** Collects candles in time order. */
    public static final class Builder {

        private final SeriesKey key;
        private long[] openSeconds;
        private float[] range;
        private double[] close;
        private double[] turnover;
        private boolean[] trailing;
        private int size;

        public Builder(SeriesKey key, int expectedSize) {
            this.key = key;
            int capacity = Math.max(16, expectedSize);
            openSeconds = new long[capacity];
            range = new float[capacity];
            close = new double[capacity];
            turnover = new double[capacity];
            trailing = new boolean[capacity];
        }

        public void add(Candle candle) {
            if (candle.interval() != key.interval() || !candle.finished()) {
                throw new IllegalArgumentException(
                        "%s takes finished candles of %s, found %s".formatted(key, key.interval(), candle));
            }
            boolean closeOnly = candle.flags().contains(CandleFlag.CLOSE_ONLY);
            add(
                    candle.openTime().getEpochSecond(),
                    closeOnly ? Double.NaN : candle.high(),
                    candle.low(),
                    candle.close(),
                    candle.volume());
        }

        /** Adds a finished candle of which only the close is known. */
        public void add(long openSecond, double closePrice, Volume volume) {
            add(openSecond, Double.NaN, Double.NaN, closePrice, volume);
        }

        /** Adds a finished candle by its columns; high or low is NaN where the source knows closes only. */
        public void add(long openSecond, double high, double low, double closePrice, Volume volume) {
            if (size > 0 && openSecond <= openSeconds[size - 1]) {
                throw new IllegalArgumentException("%s must be strictly increasing, found %s after %s"
                        .formatted(
                                key, Instant.ofEpochSecond(openSecond), Instant.ofEpochSecond(openSeconds[size - 1])));
            }
            grow();
            openSeconds[size] = openSecond;
            range[size] = (float) Math.log(high / low);
            close[size] = closePrice;
            turnover[size] = switch (volume.kind()) {
                case UNKNOWN -> Double.NaN;
                case BASE -> volume.amount() * closePrice;
                case TRAILING_24H_QUOTE -> volume.amount();
            };
            trailing[size] = volume.kind() == Volume.Kind.TRAILING_24H_QUOTE;
            size++;
        }

        public CandleSeries build() {
            return new CandleSeries(key, openSeconds, range, close, turnover, trailing).slice(0, size);
        }

        private void grow() {
            if (size == close.length) {
                openSeconds = Arrays.copyOf(openSeconds, 2 * size);
                range = Arrays.copyOf(range, 2 * size);
                close = Arrays.copyOf(close, 2 * size);
                turnover = Arrays.copyOf(turnover, 2 * size);
                trailing = Arrays.copyOf(trailing, 2 * size);
            }
        }
    }
}
