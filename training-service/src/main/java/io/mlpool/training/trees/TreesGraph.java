package io.mlpool.training.trees;

import io.mlpool.features.FeatureSchema;
import io.mlpool.model.ForecastShape;
import io.mlpool.training.network.onnx.Graph;
import io.mlpool.training.network.onnx.TreeEnsemble;
import java.util.ArrayList;
import java.util.List;

/** Writes trees as an ONNX graph: the row of a window, the trees of each horizon, and their quantiles put in order. */
final class TreesGraph {

    private TreesGraph() {}

    /**
     * The graph.
     *
     * @param starts quantiles that each horizon's trees begin with
     * @param trees of each horizon
     */
    static byte[] write(FeatureSchema features, ForecastShape shape, List<float[]> starts, List<List<Tree>> trees) {
        Graph graph = new Graph("trees", features, shape);
        String row = new WindowColumns(features).in(graph);
        List<String> horizons = new ArrayList<>();
        for (int h = 0; h < trees.size(); h++) {
            String quantiles = ensemble(graph, row, starts.get(h), trees.get(h));
            horizons.add(
                    graph.operator("Unsqueeze").on(quantiles, graph.integers(1)).output());
        }
        String all = graph.operator("Concat")
                .on(horizons.toArray(String[]::new))
                .with("axis", 1)
                .output();
        return graph.answering(ordered(graph, all, shape.levels().size()));
    }

    private static String ensemble(Graph graph, String row, float[] start, List<Tree> trees) {
        TreeEnsemble ensemble = new TreeEnsemble(start);
        trees.forEach(tree -> {
            ensemble.nextTree();
            for (int i = 0; i < tree.size(); i++) {
                if (tree.isLeaf(i)) {
                    ensemble.leaf(i, tree.level(), tree.value()[i]);
                } else {
                    ensemble.branch(
                            i,
                            tree.column()[i],
                            tree.value()[i],
                            tree.left()[i],
                            tree.right()[i],
                            tree.missingLeft()[i]);
                }
            }
        });
        return ensemble.in(graph, row);
    }

    /** Each level has trees of its own, which may say what contradicts another's; in order they do not (Chernozhukov et al. 2010). */
    private static String ordered(Graph graph, String quantiles, long levels) {
        return graph.operator("TopK")
                .on(quantiles, graph.integers(levels))
                .with("axis", 2)
                .with("largest", 0)
                .with("sorted", 1)
                .outputs(2)
                .getFirst();
    }
}
