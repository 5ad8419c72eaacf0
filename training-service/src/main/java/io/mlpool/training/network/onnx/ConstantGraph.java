package io.mlpool.training.network.onnx;

import io.mlpool.features.FeatureSchema;
import io.mlpool.model.ForecastShape;

/** The graph of a model that answers every window alike, so that serving needs no second way. */
public final class ConstantGraph {

    private ConstantGraph() {}

    /**
     * Writes the graph.
     *
     * @param quantiles the answer, {@code [horizons x levels]}
     */
    public static byte[] write(FeatureSchema features, ForecastShape shape, float[] quantiles) {
        int horizons = shape.horizons().size();
        int levels = shape.levels().size();
        Graph graph = new Graph("constant", features, shape);
        String sizes = graph.operator("Shape").on(Graph.WINDOW).output();
        String count = graph.operator("Slice")
                .on(sizes, graph.integers(0), graph.integers(1))
                .output();
        String answers = graph.operator("Concat")
                .on(count, graph.integers(horizons, levels))
                .with("axis", 0)
                .output();
        return graph.answering(graph.operator("Expand")
                .on(graph.constant(quantiles, 1, horizons, levels), answers)
                .output());
    }
}
