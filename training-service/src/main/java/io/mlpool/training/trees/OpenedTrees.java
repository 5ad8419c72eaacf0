package io.mlpool.training.trees;

import io.mlpool.training.network.onnx.Graph;
import io.mlpool.training.network.onnx.TreeEnsemble;
import java.util.ArrayList;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** The trees of one horizon in XGBoost's memory, which is freed when they are forgotten. */
final class OpenedTrees {

    private final HorizonTrees horizon;
    private final List<Booster> boosters = new ArrayList<>();

    OpenedTrees(HorizonTrees horizon) throws XGBoostError {
        this.horizon = horizon;
        for (byte[] model : horizon.models()) {
            boosters.add(Boosting.opened(model));
        }
    }

    /**
     * What the trees of each horizon say of some rows.
     *
     * @param rows {@code [count x columns]}
     * @return {@code [horizons][count x numbers]}
     */
    static float[][] say(List<OpenedTrees> horizons, float[] rows, int count) {
        try {
            DMatrix matrix = new DMatrix(rows, count, rows.length / count, Float.NaN);
            try {
                float[][] said = new float[horizons.size()][];
                for (int h = 0; h < said.length; h++) {
                    said[h] = horizons.get(h).say(matrix, count);
                }
                return said;
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot forecast: " + e.getMessage(), e);
        }
    }

    private float[] say(DMatrix matrix, int count) throws XGBoostError {
        int numbers = horizon.start().length;
        float[] said = new float[count * numbers];
        for (int i = 0; i < said.length; i++) {
            said[i] = horizon.start()[i % numbers];
        }
        if (horizon.best() > 0) { // XGBoost takes no rounds for all rounds
            for (int number = 0; number < numbers; number++) {
                float[][] answers = boosters.get(number).predict(matrix, true, horizon.best());
                for (int i = 0; i < count; i++) {
                    said[i * numbers + number] = answers[i][0];
                }
            }
        }
        return said;
    }

    /** Adds what each column takes off the training loss, and the sizes of what it adds to the answers for these rows. */
    void addShares(DMatrix rows, double[] gain, double[] shap) throws XGBoostError {
        if (horizon.best() == 0) {
            return;
        }
        for (Tree tree : trees()) {
            for (int node = 0; node < tree.size(); node++) {
                if (!tree.isLeaf(node)) {
                    gain[tree.column()[node]] += tree.gain()[node];
                }
            }
        }
        for (Booster booster : boosters) {
            for (float[] contributions : booster.predictContrib(rows, horizon.best())) {
                for (int column = 0; column < shap.length; column++) {
                    shap[column] += Math.abs(contributions[column]);
                }
            }
        }
    }

    /** What {@link #say} says in a graph: {@code [N, columns]} becomes {@code [N, numbers of all horizons]}. */
    static String in(List<OpenedTrees> horizons, Graph graph, String rows) {
        int numbers = horizons.getFirst().horizon.start().length;
        float[] starts = new float[horizons.size() * numbers];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = horizons.get(i / numbers).horizon.start()[i % numbers];
        }
        TreeEnsemble ensemble = new TreeEnsemble(starts);
        for (int i = 0; i < starts.length; i++) {
            for (Tree tree : horizons.get(i / numbers).trees(i % numbers)) {
                tree.addTo(ensemble, i);
            }
        }
        return ensemble.in(graph, rows);
    }

    /** Those that count, the trees of one number after the other. */
    List<Tree> trees() {
        List<Tree> trees = new ArrayList<>();
        for (int number = 0; number < boosters.size(); number++) {
            trees.addAll(trees(number));
        }
        return trees;
    }

    private List<Tree> trees(int number) {
        if (horizon.best() == 0) {
            return List.of();
        }
        try {
            return Tree.of(boosters.get(number).toByteArray("json"), horizon.best());
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot tell its trees: " + e.getMessage(), e);
        }
    }
}
