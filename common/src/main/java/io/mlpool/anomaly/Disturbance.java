package io.mlpool.anomaly;

/**
 * The last finding of an asset. One disturbance is told when it begins, and again within {@link #CANDLES} only when it has become at least
 * twice as bad.
 *
 * @param second close time of its candle, epoch seconds
 * @param excess of its score over its threshold
 */
public record Disturbance(long second, double excess) {

    /** Candles after a finding in which another one is of the same disturbance. */
    public static final int CANDLES = 12;

    /** Before anything was told. */
    public static final Disturbance NONE = new Disturbance(Long.MIN_VALUE / 2, 0);

    /**
     * Whether a score is told.
     *
     * @param close of its candle, epoch seconds
     * @param step length of a candle in seconds
     */
    public boolean tells(double score, double threshold, long close, long step) {
        boolean over = close - second > CANDLES * step;
        return score > threshold && (over || score - threshold >= 2 * excess);
    }
}
