package io.mlpool.training.network;

import io.mlpool.model.ForecastShape;
import io.mlpool.training.network.onnx.Graph;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes a network of {@link LstmNetwork} as an ONNX graph: scaling, recurrent layers, last step, dense layers, and the
 * quantiles of {@link QuantileHead}.
 */
final class LstmGraph {

    /** Where ONNX's blocks (input, output, forget, candidate) lie in DL4J's (candidate, forget, output, input). */
    private static final int[] BLOCKS = {3, 2, 1, 0};

    private final MultiLayerNetwork network;
    private final NetworkCard card;
    private final Graph graph;

    private LstmGraph(MultiLayerNetwork network, NetworkCard card) {
        this.network = network;
        this.card = card;
        this.graph = new Graph("lstm", card.features(), card.shape());
    }

    static byte[] write(MultiLayerNetwork network, NetworkCard card) {
        LstmGraph lstm = new LstmGraph(network, card);
        int head = network.getnLayers() - 2;
        String steps = lstm.stepsFirst(lstm.scaled(Graph.WINDOW));
        for (int layer = 0; layer < head - 1; layer++) {
            steps = lstm.allSteps(steps, layer);
        }
        String last = lstm.lastStep(steps, head - 1);
        String hidden = lstm.graph.operator("Relu").on(lstm.dense(last, head)).output();
        return lstm.graph.answering(lstm.quantiles(lstm.dense(hidden, head + 1)));
    }

    private String scaled(String window) {
        int width = card.features().width();
        String centred = graph.operator("Sub")
                .on(window, graph.constant(card.scaler().mean(), width))
                .output();
        return graph.operator("Mul")
                .on(centred, graph.constant(card.scaler().factor(), width))
                .output();
    }

    private String stepsFirst(String windows) {
        return graph.operator("Transpose")
                .on(windows)
                .with("perm", List.of(1L, 0L, 2L))
                .output();
    }

    private String allSteps(String steps, int layer) {
        return withoutAxis(recurrent(steps, layer).getFirst(), 1);
    }

    private String lastStep(String steps, int layer) {
        return withoutAxis(recurrent(steps, layer).getLast(), 0);
    }

    /** The outputs of all steps and of the last one, each with an axis for the direction. */
    private List<String> recurrent(String steps, int layer) {
        INDArray inputs = parameter(layer, "W");
        INDArray recurrent = parameter(layer, "RW");
        int width = (int) recurrent.size(0);
        float[] bias = new float[8 * width];
        System.arraycopy(blocks(parameter(layer, "b"), width), 0, bias, 0, 4 * width);
        return graph.operator("LSTM")
                .on(
                        steps,
                        graph.constant(blocks(inputs, width), 1, 4L * width, inputs.size(0)),
                        graph.constant(blocks(recurrent, width), 1, 4L * width, width),
                        graph.constant(bias, 1, 8L * width))
                .with("hidden_size", width)
                .outputs(2);
    }

    /** DL4J's {@code [inputs x (4 * width)]} as ONNX's {@code [(4 * width) x inputs]}, its blocks in ONNX's order. */
    private static float[] blocks(INDArray weights, int width) {
        float[][] rows = weights.toFloatMatrix();
        float[] blocks = new float[4 * width * rows.length];
        int at = 0;
        for (int block : BLOCKS) {
            for (int unit = 0; unit < width; unit++) {
                for (float[] row : rows) {
                    blocks[at++] = row[block * width + unit];
                }
            }
        }
        return blocks;
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

    private String withoutAxis(String tensor, long axis) {
        return graph.operator("Squeeze").on(tensor, graph.integers(axis)).output();
    }

    private INDArray parameter(int layer, String name) {
        INDArray parameter = network.getLayer(layer).getParam(name);
        return parameter.rank() == 1 ? parameter.reshape(1, parameter.length()) : parameter;
    }
}
