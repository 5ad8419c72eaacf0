package io.mlpool.training.risk.fit;

import io.mlpool.risk.RiskDefinition;
import io.mlpool.risk.RiskModel;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskSplit;
import java.time.Instant;
import java.util.List;

/**
 * A model as it was fitted, with the simple ones that it must beat, fitted on the same rows. Walking forward through the rows says how many
 * corrections are best and what margins mean: each row after the first part is judged by trees that had seen nothing of it. The trees
 * themselves are then grown on all rows.
 *
 * @param trees in XGBoost's format {@code ubj}
 * @param corrections how many of them correct what volatility alone says
 * @param trainedUntil all that came of its rows was known by then
 */
public record RiskFit(
        byte[] trees, int corrections, RiskDefinition definition, VolatilityModel volatility, Instant trainedUntil) {

    public static RiskFit of(RiskPanel rows, RiskSettings settings, long seed) {
        RiskTrees trees = new RiskTrees(settings.trees(), seed);
        WalkForward walk = walk(rows, settings, trees);
        return of(rows, settings, trees, walk, walk.bestCount());
    }

    /** The same without corrections: volatility alone, in the form of a model. */
    public static RiskFit simple(RiskPanel rows, RiskSettings settings, long seed) {
        RiskTrees trees = new RiskTrees(settings.trees().withoutCorrections(), seed);
        return of(rows, settings, trees, walk(rows, settings, trees), 0);
    }

    public double baseRate() {
        return definition.baseRate();
    }

    public RiskModel open() {
        return new RiskModel(trees, definition);
    }

    private static WalkForward walk(RiskPanel rows, RiskSettings settings, RiskTrees trees) {
        List<RiskSplit> splits = RiskSplit.walkForward(
                rows, settings.trees().folds(), settings.trees().firstShare());
        if (splits.isEmpty()) {
            throw new NoDataException(
                    "no loss came early enough to learn from it and calibrate on what came later: import or fetch a longer history");
        }
        return WalkForward.of(trees, splits);
    }

    private static RiskFit of(RiskPanel rows, RiskSettings settings, RiskTrees trees, WalkForward walk, int count) {
        RiskDefinition definition = new RiskDefinition(
                rows.event(),
                settings.interval(),
                settings.market(),
                settings.trees().features(),
                walk.calibration(count, rows.baseRate()),
                rows.baseRate());
        return new RiskFit(trees.grow(rows, count), count, definition, VolatilityModel.fit(rows), rows.knownBy());
    }
}
