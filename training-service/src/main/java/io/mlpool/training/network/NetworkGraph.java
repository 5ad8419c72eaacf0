package io.mlpool.training.network;

import io.mlpool.model.ForecastShape;
import io.mlpool.training.network.onnx.Graph;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the ONNX graphs of all networks have: scaling before, and after it dense layers and the quantiles of {@link QuantileHead}. */
final class NetworkGraph {

    private final MultiLayerNetwork network;
    private final NetworkCard card;
    private final Graph graph;

    NetworkGraph(String name, MultiLayerNetwork network, NetworkCard card) {
        this.network = network;
        this.card = card;
        this.graph = new Graph(name, card.features(), card.shape());
    }

    Graph graph() {
        return graph;
    }

    /** The windows that come in, scaled. */
    String scaledWindows() {
        int width = card.features().width();
        String centred = graph.operator("Sub")
                .on(Graph.WINDOW, graph.constant(card.scaler().mean(), width))
                .output();
        return graph.operator("Mul")
                .on(centred, graph.constant(card.scaler().factor(), width))
                .output();
    }

    /** The finished file, from what the layers before the {@link QuantileLayers} made. */
    byte[] answering(String encoded) {
        int first = network.getnLayers() - QuantileLayers.COUNT;
        String hidden = graph.operator("Relu").on(dense(encoded, first)).output();
        return graph.answering(quantiles(dense(hidden, first + 1)));
    }

    private String dense(String input, int layer) {
        INDArray weights = parameter(layer, "W");
        INDArray bias = parameter(layer, "b");
        return graph.operator("Gemm")
                .on(
                        input,
                        graph.constant(weights.ravel().toFloatVector(), weights.shape()),
                        graph.constant(bias.ravel().toFloatVector(), bias.length()))
                .output();
    }

    private String quantiles(String raw) {
        ForecastShape shape = card.shape();
        long below = shape.medianIndex();
        long above = shape.levels().size() - 1 - below;
        String rows = graph.operator("Reshape")
                .on(
                        raw,
                        graph.integers(
                                0, shape.horizons().size(), shape.levels().size()))
                .output();
        String median = slice(rows, below, below + 1);
        List<String> parts = new ArrayList<>();
        if (below > 0) {
            String distance = distances(slice(rows, 0, below), 1);
            parts.add(graph.operator("Sub").on(median, distance).output());
        }
        parts.add(median);
        if (above > 0) {
            String distance = distances(slice(rows, below + 1, below + 1 + above), 0);
            parts.add(graph.operator("Add").on(median, distance).output());
        }
        return graph.operator("Concat")
                .on(parts.toArray(String[]::new))
                .with("axis", 2)
                .output();
    }

    /** Distances from the median: sums of what softplus makes of the raw numbers, from the left or from the right. */
    private String distances(String raw, long fromTheRight) {
        String steps = graph.operator("Softplus").on(raw).output();
        return graph.operator("CumSum")
                .on(steps, graph.integers(2))
                .with("reverse", fromTheRight)
                .output();
    }

    private String slice(String rows, long from, long to) {
        return graph.operator("Slice")
                .on(rows, graph.integers(from), graph.integers(to), graph.integers(2))
                .output();
    }

    /** A layer's parameter as a matrix. */
    INDArray parameter(int layer, String name) {
        INDArray parameter = network.getLayer(layer).getParam(name);
        return parameter.rank() == 1 ? parameter.reshape(1, parameter.length()) : parameter;
    }
}
