package io.mlpool.features;

import io.mlpool.market.Interval;
import java.util.List;

/**
 * What a model sees, in which order, and how much history that takes. Travels inside the model bundle.
 *
 * @param version names the code that computes it: {@code price-v3}
 * @param interval of the candles
 * @param steps length of a window in bars, the newest last
 * @param market assets whose mean return is the market factor; one without candles at a time does not count then
 * @param names of the features, in the order of the columns
 */
public record FeatureSchema(String version, Interval interval, int steps, List<String> market, List<String> names) {

    /** What the first models see; they are served on. */
    public static final String PRICE_V1 = "price-v1";

    /** What models of before see, of closes and volumes; they are served on. */
    public static final String PRICE_V2 = "price-v2";

    /** What new models see: ranges too. */
    public static final String PRICE_V3 = "price-v3";

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

    /** The newest schema: features of closes and volumes that every source has, and of ranges where it has them. */
    public static FeatureSchema price(Interval interval, int steps, List<String> market) {
        return price(PRICE_V3, interval, steps, market);
    }

    /** The schema of the first models. */
    public static FeatureSchema priceV1(Interval interval, int steps, List<String> market) {
        return price(PRICE_V1, interval, steps, market);
    }

    /**
     * A schema by its version.
     *
     * @throws IllegalArgumentException when this code does not compute it
     */
    public static FeatureSchema price(String version, Interval interval, int steps, List<String> market) {
        return new FeatureSchema(version, interval, steps, market, PriceFeatures.names(version));
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
