package io.mlpool.training.risk;

import io.mlpool.risk.RiskFeature;
import io.mlpool.risk.RiskModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * Gradient boosted trees (Chen and Guestrin 2016, "XGBoost: a scalable tree boosting system") on the log loss of unweighted rows: losses
 * are rare, but to weigh them up would make the probabilities wrong. The same rows and seed give the same bytes.
 *
 * @param booster in XGBoost's format {@code ubj}
 * @param count how many trees, by the validation slice
 * @param validationLoss log loss there
 */
public record RiskTrees(byte[] booster, int count, double validationLoss) {

    static RiskTrees grow(
            RiskPanel train, RiskPanel validation, List<RiskFeature> features, TreeSettings settings, long seed) {
        DMatrix trainRows = null;
        DMatrix validationRows = null;
        try {
            trainRows = matrix(train, features);
            validationRows = matrix(validation, features);
            Map<String, DMatrix> watched = new LinkedHashMap<>();
            watched.put("validation", validationRows);
            float[][] losses = new float[1][settings.mostTrees()];
            XGBoost.train(
                            trainRows,
                            settings.parameters(seed),
                            settings.mostTrees(),
                            watched,
                            losses,
                            null,
                            null,
                            settings.patience())
                    .dispose();
            int best = least(losses[0]);
            // XGBoost's Java class cannot cut a model: it is grown again, equal, up to the best tree.
            Booster booster = XGBoost.train(trainRows, settings.parameters(seed), best + 1, Map.of(), null, null);
            byte[] bytes = bytes(booster, features);
            booster.dispose();
            return new RiskTrees(bytes, best + 1, losses[0][best]);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot grow trees: " + e.getMessage(), e);
        } finally {
            dispose(trainRows);
            dispose(validationRows);
        }
    }

    private static byte[] bytes(Booster booster, List<RiskFeature> features) throws XGBoostError {
        booster.setFeatureNames(features.stream().map(RiskFeature::label).toArray(String[]::new));
        return booster.toByteArray("ubj");
    }

    private static DMatrix matrix(RiskPanel panel, List<RiskFeature> features) throws XGBoostError {
        DMatrix matrix = RiskModel.matrix(panel.rows(), features);
        float[] labels = new float[panel.size()];
        boolean[] events = panel.events();
        for (int i = 0; i < labels.length; i++) {
            labels[i] = events[i] ? 1 : 0;
        }
        matrix.setLabel(labels);
        return matrix;
    }

    /** Rounds after the stop have no loss: they are 0. */
    private static int least(float[] losses) {
        int best = 0;
        for (int i = 1; i < losses.length && losses[i] > 0; i++) {
            best = losses[i] < losses[best] ? i : best;
        }
        return best;
    }

    private static void dispose(@Nullable DMatrix matrix) {
        if (matrix != null) {
            matrix.dispose();
        }
    }
}
