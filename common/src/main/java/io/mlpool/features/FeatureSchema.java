package io.mlpool.features;

import io.mlpool.market.Interval;
import java.util.List;

/**
 * What a model sees, in which order, and how much history that takes. Travels inside the model bundle.
 *
 * @param version names the code that computes it: {@code price-v1}
 * @param interval of the candles
 * @param steps length of a window in bars, the newest last
 * @param market assets whose mean return is the market factor; one without candles at a time does not count then
 * @param names of the features, in the order of the columns
 */
public record FeatureSchema(String version, Interval interval, int steps, List<String> market, List<String> names) {

    /** The version that this code computes. */
    public static final String PRICE_V1 = "price-v1";

    /** Bars that the slowest feature looks back, the bar itself included. */
    public static final int WARM_UP = Volatility.WINDOW + 1;

    public FeatureSchema {
        market = List.copyOf(market);
        names = List.copyOf(names);
        if (!version.equals(PRICE_V1)) {
            throw new IllegalArgumentException(
                    "this build computes feature schema %s, found %s: use the build that made the model"
                            .formatted(PRICE_V1, version));
        }
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be positive, found " + steps);
        }
        if (!names.equals(PriceFeatures.NAMES)) {
            throw new IllegalArgumentException(
                    "features of %s are %s, found %s".formatted(version, PriceFeatures.NAMES, names));
        }
    }

    /** Schema v1: closes and volumes that every source has. */
    public static FeatureSchema priceV1(Interval interval, int steps, List<String> market) {
        return new FeatureSchema(PRICE_V1, interval, steps, market, PriceFeatures.NAMES);
    }

    /** Number of features. */
    public int width() {
        return names.size();
    }

    /** Consecutive bars that a window needs, warm-up included. */
    public int windowBars() {
        return WARM_UP + steps - 1;
    }

    /** Bars to load so that the newest window has the value it would have with all history loaded. */
    public int historyBars() {
        return windowBars() + PriceGrid.LONGEST_FILL;
    }
}
