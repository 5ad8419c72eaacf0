package io.mlpool.training.trees;

import io.mlpool.training.network.onnx.Graph;
import io.mlpool.training.network.onnx.TreeEnsemble;
import io.mlpool.training.scale.LogScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** What trees say of the scale, with XGBoost's arithmetic. Its memory is freed when this is forgotten. */
final class TreesScale implements LogScale {

    private final List<HorizonTrees> horizons;
    private final List<Booster> boosters = new ArrayList<>();

    TreesScale(List<HorizonTrees> horizons) throws XGBoostError {
        this.horizons = horizons;
        for (HorizonTrees trees : horizons) {
            boosters.add(Boosting.opened(trees.model()));
        }
    }

    @Override
    public float[] of(float[] rows, int count) {
        float[] said = new float[count * horizons.size()];
        try {
            DMatrix matrix = new DMatrix(rows, count, rows.length / count, Float.NaN);
            try {
                for (int h = 0; h < horizons.size(); h++) {
                    float[] answers = answers(matrix, h, count);
                    for (int i = 0; i < count; i++) {
                        said[i * horizons.size() + h] = answers[i];
                    }
                }
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot forecast: " + e.getMessage(), e);
        }
        return said;
    }

    private float[] answers(DMatrix matrix, int horizon, int count) throws XGBoostError {
        HorizonTrees trees = horizons.get(horizon);
        float[] answers = new float[count];
        Arrays.fill(answers, trees.start());
        if (trees.best() > 0) { // XGBoost takes no rounds for all rounds
            float[][] said = boosters.get(horizon).predict(matrix, true, trees.best());
            for (int i = 0; i < count; i++) {
                answers[i] = said[i][0];
            }
        }
        return answers;
    }

    @Override
    public String in(Graph graph, String rows) {
        float[] starts = new float[horizons.size()];
        for (int h = 0; h < starts.length; h++) {
            starts[h] = horizons.get(h).start();
        }
        TreeEnsemble ensemble = new TreeEnsemble(starts);
        for (int h = 0; h < starts.length; h++) {
            for (Tree tree : trees(h)) {
                tree.addTo(ensemble, h);
            }
        }
        return ensemble.in(graph, rows);
    }

    /** The trees of a horizon that count. */
    List<Tree> trees(int horizon) {
        try {
            return Tree.of(
                    boosters.get(horizon).toByteArray("json"),
                    horizons.get(horizon).best());
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot tell its trees: " + e.getMessage(), e);
        }
    }
}
