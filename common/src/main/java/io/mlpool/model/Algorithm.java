package io.mlpool.model;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a model was made. */
public enum Algorithm {
    /** Random walk with EWMA volatility and the empirical quantiles of the scaled return: the opponent to beat. */
    NAIVE("naive"),
    LSTM("lstm"),
    /** A Transformer encoder over patches of the window. */
    TRANSFORMER("transformer"),
    /** Boosted trees of quantiles. */
    XGBOOST("xgboost"),
    /** Boosted trees of volatility, and the quantiles of returns divided by it. */
    XGBOOST_SCALE("xgboost-scale"),
    /** A linear model of volatility, and the quantiles of returns divided by it. */
    VOLATILITY("volatility"),
    /** The weighted mean of what several models say. */
    ENSEMBLE("ensemble"),
    ISOLATION_FOREST("isolation-forest");

    private final String label;

    Algorithm(String label) {
        this.label = label;
    }

    @JsonValue
    public String label() {
        return label;
    }
}
