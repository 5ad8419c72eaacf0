package io.mlpool.training.network;

import io.mlpool.training.network.onnx.Graph;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes a network of {@link LstmNetwork} as an ONNX graph: recurrent layers and their last step, within a {@link NetworkGraph}. */
final class LstmGraph {

    /** Where ONNX's blocks (input, output, forget, candidate) lie in DL4J's (candidate, forget, output, input). */
    private static final int[] BLOCKS = {3, 2, 1, 0};

    private final NetworkGraph network;
    private final Graph graph;

    private LstmGraph(NetworkGraph network) {
        this.network = network;
        this.graph = network.graph();
    }

    static byte[] write(MultiLayerNetwork network, NetworkCard card) {
        LstmGraph lstm = new LstmGraph(new NetworkGraph("lstm", network, card));
        int last = network.getnLayers() - QuantileLayers.COUNT - 1;
        String steps = lstm.stepsFirst(lstm.network.scaledWindows());
        for (int layer = 0; layer < last; layer++) {
            steps = lstm.allSteps(steps, layer);
        }
        return lstm.network.answering(lstm.lastStep(steps, last));
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
        INDArray inputs = network.parameter(layer, "W");
        INDArray recurrent = network.parameter(layer, "RW");
        int width = (int) recurrent.size(0);
        float[] bias = new float[8 * width];
        System.arraycopy(blocks(network.parameter(layer, "b"), width), 0, bias, 0, 4 * width);
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

    private String withoutAxis(String tensor, long axis) {
        return graph.operator("Squeeze").on(tensor, graph.integers(axis)).output();
    }
}
