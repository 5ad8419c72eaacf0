package io.mlpool.anomaly;

import com.fasterxml.jackson.annotation.JsonValue;

/** One of the numbers that say together what a candle was like. */
public enum Dimension {
    /** Log return of the close against the close one candle before. */
    RETURN("return", 1e-4),
    /** Logarithm of what was traded in quote currency, in the candle or in a day up to its close, as the source tells it. */
    VOLUME("volume", 1e-2),
    /** Logarithm of high over low, where the source knows them. */
    RANGE("range", 1e-4),
    /** Return less the return of the market, see {@link MarketReturns}. */
    SPREAD("spread", 1e-4),
    /** Log change of the value locked, in the candle in which a day's figure became known, see {@link LockedChanges}. */
    LOCKED("value_locked", 1e-3);

    private final String label;
    private final double least;

    Dimension(String label, double least) {
        this.label = label;
        this.least = least;
    }

    @JsonValue
    public String label() {
        return label;
    }

    /** A value as people know it: what was traded is a number of the quote currency. */
    public double shown(double value) {
        return this == VOLUME ? Math.exp(value) : value;
    }

    /** Least spread that matters, in its unit: what moves less is as good as constant. */
    double least() {
        return least;
    }
}
