package io.mlpool.training.trees;

import io.mlpool.training.network.onnx.Graph;
import io.mlpool.training.scale.LogScale;
import java.util.ArrayList;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** What trees say of the scale, with XGBoost's arithmetic or in a graph. */
final class TreesScale implements LogScale {

    private final List<OpenedTrees> horizons = new ArrayList<>();

    TreesScale(List<HorizonTrees> horizons) throws XGBoostError {
        for (HorizonTrees trees : horizons) {
            this.horizons.add(new OpenedTrees(trees));
        }
    }

    @Override
    public float[] of(float[] rows, int count) {
        float[][] said = OpenedTrees.say(horizons, rows, count);
        float[] scales = new float[count * said.length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = said[i % said.length][i / said.length];
        }
        return scales;
    }

    @Override
    public String in(Graph graph, String rows) {
        return OpenedTrees.in(horizons, graph, rows);
    }

    /** The trees of a horizon that count. */
    List<Tree> trees(int horizon) {
        return horizons.get(horizon).trees();
    }
}
