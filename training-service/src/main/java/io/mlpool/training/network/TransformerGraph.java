package io.mlpool.training.network;

import static io.mlpool.training.network.transformer.EncoderParameters.BIAS;
import static io.mlpool.training.network.transformer.EncoderParameters.GAIN;
import static io.mlpool.training.network.transformer.EncoderParameters.LAST_NORM;
import static io.mlpool.training.network.transformer.EncoderParameters.PATCH;
import static io.mlpool.training.network.transformer.EncoderParameters.POSITION;
import static io.mlpool.training.network.transformer.EncoderParameters.WEIGHTS;

import io.mlpool.training.network.onnx.Graph;
import io.mlpool.training.network.transformer.EncoderParameters;
import io.mlpool.training.network.transformer.EncoderShape;
import io.mlpool.training.network.transformer.TransformerEncoder;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes a network of {@link TransformerNetwork} as an ONNX graph: tokens, blocks and the newest token, within a {@link NetworkGraph}. */
final class TransformerGraph {

    private static final List<Long> LAST_AXIS = List.of(-1L);

    private final NetworkGraph network;
    private final Graph graph;
    private final EncoderShape shape;

    private TransformerGraph(NetworkGraph network, EncoderShape shape) {
        this.network = network;
        this.graph = network.graph();
        this.shape = shape;
    }

    static byte[] write(MultiLayerNetwork network, NetworkCard card) {
        EncoderShape shape = ((TransformerEncoder) network.getLayer(0).conf().getLayer()).shape();
        return new TransformerGraph(new NetworkGraph("transformer", network, card), shape).write();
    }

    private byte[] write() {
        String tokens = embedded(network.scaledWindows());
        for (int block = 0; block < shape.blocks(); block++) {
            tokens = attended(tokens, block);
            tokens = fed(tokens, block);
        }
        return network.answering(newest(normalised(tokens, LAST_NORM)));
    }

    /** Tokens {@code [N, tokens, width]} of windows {@code [N, steps, features]}. */
    private String embedded(String windows) {
        String whole = slice(windows, shape.skippedSteps(), shape.steps());
        String patches = reshape(whole, 0, shape.tokens(), shape.patchSize());
        return graph.operator("Add")
                .on(linear(patches, PATCH), constant(POSITION))
                .output();
    }

    private String attended(String tokens, int block) {
        String all = linear(
                normalised(tokens, EncoderParameters.attentionNorm(block)), EncoderParameters.queryKeyValue(block));
        String each = reshape(all, 0, shape.tokens(), 3, shape.heads(), shape.headWidth());
        List<String> parts = graph.operator("Split")
                .on(transpose(each, 2L, 0L, 3L, 1L, 4L))
                .with("axis", 0)
                .outputs(3);
        String scores = graph.operator("MatMul")
                .on(parts.get(0), transpose(parts.get(1), 0L, 1L, 2L, 4L, 3L))
                .output();
        String scaled = graph.operator("Mul")
                .on(scores, graph.constant(new float[] {shape.attentionScale()}))
                .output();
        String weights = graph.operator("Softmax").on(scaled).with("axis", -1).output();
        String found = graph.operator("MatMul").on(weights, parts.get(2)).output();
        String beside = reshape(transpose(found, 0L, 1L, 3L, 2L, 4L), -1, shape.tokens(), shape.width());
        return graph.operator("Add")
                .on(tokens, linear(beside, EncoderParameters.joined(block)))
                .output();
    }

    private String fed(String tokens, int block) {
        String inner =
                linear(normalised(tokens, EncoderParameters.feedForwardNorm(block)), EncoderParameters.inner(block));
        String outer = linear(graph.operator("Relu").on(inner).output(), EncoderParameters.outer(block));
        return graph.operator("Add").on(tokens, outer).output();
    }

    /** By operators that ONNX has always had: its own one for it came with version 17. */
    private String normalised(String tokens, String name) {
        String centred = graph.operator("Sub").on(tokens, mean(tokens)).output();
        String variance = mean(graph.operator("Mul").on(centred, centred).output());
        String above = graph.operator("Add")
                .on(variance, graph.constant(new float[] {EncoderShape.EPSILON}))
                .output();
        String normal = graph.operator("Div")
                .on(centred, graph.operator("Sqrt").on(above).output())
                .output();
        String scaled = graph.operator("Mul").on(normal, constant(name + GAIN)).output();
        return graph.operator("Add").on(scaled, constant(name + BIAS)).output();
    }

    private String mean(String tokens) {
        return graph.operator("ReduceMean").on(tokens).with("axes", LAST_AXIS).output();
    }

    private String newest(String tokens) {
        String last = slice(tokens, shape.tokens() - 1, shape.tokens());
        return graph.operator("Squeeze").on(last, graph.integers(1)).output();
    }

    private String linear(String input, String name) {
        String product =
                graph.operator("MatMul").on(input, constant(name + WEIGHTS)).output();
        return graph.operator("Add").on(product, constant(name + BIAS)).output();
    }

    private String slice(String tensor, long from, long to) {
        return graph.operator("Slice")
                .on(tensor, graph.integers(from), graph.integers(to), graph.integers(1))
                .output();
    }

    private String reshape(String tensor, long... dimensions) {
        return graph.operator("Reshape").on(tensor, graph.integers(dimensions)).output();
    }

    private String transpose(String tensor, Long... order) {
        return graph.operator("Transpose")
                .on(tensor)
                .with("perm", List.of(order))
                .output();
    }

    private String constant(String name) {
        INDArray parameter = network.parameter(0, name);
        return graph.constant(parameter.dup('c').data().asFloat(), parameter.shape());
    }
}
