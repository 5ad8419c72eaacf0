package io.mlpool.training.risk;

import io.mlpool.risk.Isotonic;
import io.mlpool.risk.RiskDefinition;
import io.mlpool.risk.RiskModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A model as it was fitted, with the simple ones that it must beat, fitted on the same rows. Walking forward through the rows says how many
 * trees are best and what margins mean: each row after the first part is judged by trees that had seen nothing of it. The trees themselves are
 * then grown on all rows.
 *
 * @param trees in XGBoost's format {@code ubj}
 * @param count how many there are
 * @param trainedUntil all that came of its rows was known by then
 */
record RiskFit(
        byte[] trees, int count, RiskDefinition definition, VolatilityModel volatility, Instant trainedUntil) {

    private static final int LEAST_BLOCK = 50;

    /** A calibration that says nothing, to ask for margins. */
    private static final Isotonic NONE = new Isotonic(List.of(0.0), List.of(0.5));

    static RiskFit of(RiskPanel rows, RiskSettings settings, long seed) {
        TreeSettings growing = settings.trees();
        RiskTrees trees = new RiskTrees(growing, seed);
        List<RiskSplit> splits = RiskSplit.walkForward(rows, growing.folds(), growing.firstShare());
        int count = bestCount(trees, splits, growing.mostTrees());
        RiskDefinition raw = definition(rows, settings, NONE);
        return new RiskFit(
                trees.grow(rows, count),
                count,
                definition(rows, settings, calibration(trees, splits, count, raw)),
                VolatilityModel.fit(rows),
                rows.knownBy());
    }

    double baseRate() {
        return definition.baseRate();
    }

    RiskModel open() {
        return new RiskModel(trees, definition);
    }

    private static RiskDefinition definition(RiskPanel rows, RiskSettings settings, Isotonic calibration) {
        return new RiskDefinition(
                rows.event(),
                settings.interval(),
                settings.market(),
                settings.trees().features(),
                calibration,
                rows.baseRate());
    }

    /** Each row counts the same, whichever split judges it. */
    private static int bestCount(RiskTrees trees, List<RiskSplit> splits, int most) {
        double[] sums = new double[most];
        for (RiskSplit split : splits) {
            float[] losses = trees.losses(split);
            for (int i = 0; i < most; i++) {
                sums[i] += losses[i] * split.judged().size();
            }
        }
        int best = 0;
        for (int i = 1; i < most; i++) {
            best = sums[i] < sums[best] ? i : best;
        }
        return best + 1;
    }

    private static Isotonic calibration(RiskTrees trees, List<RiskSplit> splits, int count, RiskDefinition raw) {
        List<Double> margins = new ArrayList<>();
        List<Boolean> events = new ArrayList<>();
        for (RiskSplit split : splits) {
            try (RiskModel model = new RiskModel(trees.grow(split.fitted(), count), raw)) {
                for (double margin : model.margins(split.judged().rows())) {
                    margins.add(margin);
                }
            }
            split.judged().samples().forEach(sample -> events.add(sample.event()));
        }
        return IsotonicFit.of(margins, events, Math.max(LEAST_BLOCK, margins.size() / 100));
    }
}
