package io.mlpool.training.trees;

import io.mlpool.features.FeatureSchema;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import io.mlpool.training.network.onnx.Graph;
import io.mlpool.training.scale.WindowColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Quantiles as trees say them, put in order; with XGBoost's arithmetic or as a graph. */
final class QuantileTrees implements Forecaster {

    private final FeatureSchema features;
    private final ForecastShape shape;
    private final WindowColumns columns;
    private final List<OpenedTrees> horizons = new ArrayList<>();

    QuantileTrees(FeatureSchema features, ForecastShape shape, List<HorizonTrees> horizons) throws XGBoostError {
        this.features = features;
        this.shape = shape;
        this.columns = new WindowColumns(features);
        for (HorizonTrees trees : horizons) {
            this.horizons.add(new OpenedTrees(trees));
        }
    }

    @Override
    public ForecastShape shape() {
        return shape;
    }

    @Override
    public float[] forecast(float[] windows, int count) {
        int levels = shape.levels().size();
        float[][] said = OpenedTrees.say(horizons, columns.rows(windows, count), count);
        float[] answers = new float[count * shape.size()];
        for (int h = 0; h < said.length; h++) {
            for (int i = 0; i < count; i++) {
                int from = i * shape.size() + h * levels;
                System.arraycopy(said[h], i * levels, answers, from, levels);
                Arrays.sort(answers, from, from + levels);
            }
        }
        return answers;
    }

    /** The same as an ONNX file. */
    byte[] graph() {
        Graph graph = new Graph("trees", features, shape);
        String rows = columns.in(graph);
        String all = graph.operator("Concat")
                .on(horizons.stream()
                        .map(trees -> graph.operator("Unsqueeze")
                                .on(OpenedTrees.in(List.of(trees), graph, rows), graph.integers(1))
                                .output())
                        .toArray(String[]::new))
                .with("axis", 1)
                .output();
        return graph.answering(graph.operator("TopK")
                .on(all, graph.integers(shape.levels().size()))
                .with("axis", 2)
                .with("largest", 0)
                .with("sorted", 1)
                .outputs(2)
                .getFirst());
    }

    /** The trees of a horizon that count, those of one level after the other. */
    List<Tree> trees(int horizon) {
        return horizons.get(horizon).trees();
    }
}
