package io.mlpool.market;

/** What a reader of a candle should know although the candle is kept. */
public enum CandleFlag {
    /** The source reports only closes: open is the close before, high and low are the extremes of the two. */
    CLOSE_ONLY(1),
    /** The move against the candle before is far outside of what the series did until then, and plausible all the same. */
    EXTREME_MOVE(2),
    /** Nothing was traded. */
    NO_TRADES(4);

    private final int bit;

    CandleFlag(int bit) {
        this.bit = bit;
    }

    /** The bit that stands for this flag in the {@code flags} column. */
    public int bit() {
        return bit;
    }
}
