package io.mlpool.risk;

import io.mlpool.market.Interval;
import java.util.List;

/**
 * What a model of risk is about, all but its trees.
 *
 * @param event whose probability it tells
 * @param interval of the candles that its rows are computed from
 * @param market assets whose mean return is the market's
 * @param features columns of the trees, in their order
 * @param calibration from margin to probability
 * @param baseRate share of the rows it learned from that had the event: its score is 50
 */
public record RiskDefinition(
        RiskEvent event,
        Interval interval,
        List<String> market,
        List<RiskFeature> features,
        Isotonic calibration,
        double baseRate) {

    public RiskDefinition {
        market = List.copyOf(market);
        features = List.copyOf(features);
        if (features.isEmpty() || features.stream().distinct().count() != features.size()) {
            throw new IllegalArgumentException("a model of risk has features, each once, found " + features);
        }
        if (!(baseRate > 0 && baseRate < 1)) {
            throw new IllegalArgumentException("the base rate must lie between 0 and 1, found " + baseRate);
        }
    }

    /**
     * From 0 to 100: {@code 100 o / (o + b)} with the odds o of the probability and b of the base rate. So 50 is the risk of the average
     * row that the model learned from, nine times those odds is 90, a ninth is 10; a larger probability never has a lower score, and
     * scores of models for other horizons can be laid beside each other.
     */
    public double score(double probability) {
        double odds = probability * (1 - baseRate);
        return 100 * odds / (odds + baseRate * (1 - probability));
    }
}
