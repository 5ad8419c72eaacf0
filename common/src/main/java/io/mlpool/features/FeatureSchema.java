package io.mlpool.features;

import io.mlpool.market.Interval;
import java.util.List;

/**
 * What a model sees, in which order, and how much history that takes. Travels inside the model bundle.
 *
 * @param version names the code that computes it: {@code price-v2}
 * @param interval of the candles
 * @param steps length of a window in bars, the newest last
 * @param market assets whose mean return is the market factor; one without candles at a time does not count then
 * @param names of the features, in the order of the columns
 */
public record FeatureSchema(String version, Interval interval, int steps, List<String> market, List<String> names) {

    /** What models of before see; they are served on. */
    public static final String PRICE_V1 = "price-v1";

    /** What new models see. */
    public static final String PRICE_V2 = "price-v2";

    /** Bars that the slowest feature looks back, the bar itself included. */
    public static final int WARM_UP = Volatility.WINDOW + 1;

    public FeatureSchema {
        market = List.copyOf(market);
        names = List.copyOf(names);
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be positive, found " + steps);
        }
        if (!names.equals(PriceFeatures.names(version))) {
            throw new IllegalArgumentException(
                    "features of %s are %s, found %s".formatted(version, PriceFeatures.names(version), names));
        }
    }

    /** The newest schema: features of closes and volumes that every source has. */
    public static FeatureSchema price(Interval interval, int steps, List<String> market) {
        return new FeatureSchema(PRICE_V2, interval, steps, market, PriceFeatures.names(PRICE_V2));
    }

    /** The schema of models of before. */
    public static FeatureSchema priceV1(Interval interval, int steps, List<String> market) {
        return new FeatureSchema(PRICE_V1, interval, steps, market, PriceFeatures.names(PRICE_V1));
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
