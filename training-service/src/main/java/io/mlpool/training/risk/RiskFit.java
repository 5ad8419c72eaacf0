package io.mlpool.training.risk;

import io.mlpool.market.Interval;
import io.mlpool.risk.Isotonic;
import io.mlpool.risk.RiskDefinition;
import io.mlpool.risk.RiskFeature;
import io.mlpool.risk.RiskModel;
import java.time.Instant;
import java.util.List;

/**
 * A model as it was fitted, with the simple ones that it must beat, fitted on the same rows.
 *
 * @param baseRate share of the fitted rows with the event
 * @param trainedUntil all that came of its rows was known by then
 */
record RiskFit(
        RiskTrees trees, RiskDefinition definition, VolatilityModel volatility, double baseRate, Instant trainedUntil) {

    /** Rows that a step of the calibration rests on: a hundredth of the slice, but 50 at least. */
    private static final int LEAST_BLOCK = 50;

    static RiskFit of(RiskSlices slices, Interval interval, List<String> market, TreeSettings settings, long seed) {
        RiskPanel fitted = slices.fitted();
        List<RiskFeature> features = List.of(RiskFeature.values());
        RiskTrees trees = RiskTrees.grow(slices.train(), slices.validation(), features, settings, seed);
        RiskDefinition raw = new RiskDefinition(
                fitted.event(),
                interval,
                market,
                features,
                new Isotonic(List.of(0.0), List.of(0.5)),
                fitted.baseRate());
        return new RiskFit(
                trees,
                new RiskDefinition(
                        raw.event(),
                        interval,
                        market,
                        features,
                        calibration(slices.calibration(), trees, raw),
                        raw.baseRate()),
                VolatilityModel.fit(fitted),
                fitted.baseRate(),
                fitted.knownBy());
    }

    RiskModel open() {
        return new RiskModel(trees.booster(), definition);
    }

    private static Isotonic calibration(RiskPanel slice, RiskTrees trees, RiskDefinition raw) {
        try (RiskModel model = new RiskModel(trees.booster(), raw)) {
            return IsotonicFit.of(
                    model.margins(slice.rows()), slice.events(), Math.max(LEAST_BLOCK, slice.size() / 100));
        }
    }
}
