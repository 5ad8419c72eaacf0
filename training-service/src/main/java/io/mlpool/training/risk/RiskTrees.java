package io.mlpool.training.risk;

import io.mlpool.risk.RiskFeature;
import io.mlpool.risk.RiskModel;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Grows gradient boosted trees (Chen and Guestrin 2016, "XGBoost: a scalable tree boosting system") on the log loss of unweighted rows:
 * losses are rare, but to weigh them up would make the probabilities wrong. The same rows and seed give the same bytes.
 */
final class RiskTrees {

    private final TreeSettings settings;
    private final long seed;

    RiskTrees(TreeSettings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
    }

    /** Trees in XGBoost's format {@code ubj}. */
    byte[] grow(RiskPanel train, int count) {
        return with(train, rows -> {
            Booster booster = XGBoost.train(rows, settings.parameters(seed), count, Map.of(), null, null);
            booster.setFeatureNames(settings.features().stream().map(RiskFeature::label).toArray(String[]::new));
            byte[] bytes = booster.toByteArray("ubj");
            booster.dispose();
            return bytes;
        });
    }

    /** Log loss on other rows after each tree. */
    float[] losses(RiskSplit split) {
        return with(
                split.fitted(),
                fitted -> with(split.judged(), judged -> {
                    float[][] losses = new float[1][settings.mostTrees()];
                    XGBoost.train(
                                    fitted,
                                    settings.parameters(seed),
                                    settings.mostTrees(),
                                    Map.of("judged", judged),
                                    losses,
                                    null,
                                    null,
                                    0)
                            .dispose();
                    return losses[0];
                }));
    }

    private interface Work<T> {
        T of(DMatrix rows) throws XGBoostError;
    }

    private <T> T with(RiskPanel panel, Work<T> work) {
        try {
            DMatrix matrix = RiskModel.matrix(panel.rows(), settings.features());
            try {
                matrix.setLabel(labels(panel));
                return work.of(matrix);
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot grow trees: " + e.getMessage(), e);
        }
    }

    private static float[] labels(RiskPanel panel) {
        float[] labels = new float[panel.size()];
        boolean[] events = panel.events();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = events[i] ? 1 : 0;
        }
        return labels;
    }
}
