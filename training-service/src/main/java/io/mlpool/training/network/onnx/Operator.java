package io.mlpool.training.network.onnx;

import java.util.ArrayList;
import java.util.List;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/** A node of a {@link Graph} in the making; it is added when its output is asked for. */
public final class Operator {

    private final Graph graph;
    private final Onnx.NodeProto.Builder node;

    Operator(Graph graph, String domain, String type) {
        this.graph = graph;
        this.node = Onnx.NodeProto.newBuilder().setDomain(domain).setOpType(type);
    }

    /** The inputs in the operator's order; an empty name leaves an optional one out. */
    public Operator on(String... inputs) {
        node.addAllInput(List.of(inputs));
        return this;
    }

    /** Sets an attribute that is one whole number. */
    public Operator with(String attribute, long value) {
        node.addAttribute(Onnx.AttributeProto.newBuilder()
                .setName(attribute)
                .setType(Onnx.AttributeProto.AttributeType.INT)
                .setI(value));
        return this;
    }

    /** Sets an attribute that is a list of whole numbers. */
    public Operator with(String attribute, List<Long> values) {
        node.addAttribute(Onnx.AttributeProto.newBuilder()
                .setName(attribute)
                .setType(Onnx.AttributeProto.AttributeType.INTS)
                .addAllInts(values));
        return this;
    }

    /** Sets an attribute that is a list of numbers. */
    public Operator withFloats(String attribute, List<Float> values) {
        node.addAttribute(Onnx.AttributeProto.newBuilder()
                .setName(attribute)
                .setType(Onnx.AttributeProto.AttributeType.FLOATS)
                .addAllFloats(values));
        return this;
    }

    /** Sets an attribute that is a list of words. */
    public Operator withWords(String attribute, List<String> values) {
        node.addAttribute(Onnx.AttributeProto.newBuilder()
                .setName(attribute)
                .setType(Onnx.AttributeProto.AttributeType.STRINGS)
                .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList()));
        return this;
    }

    /** Adds the node and gives the name of its only output. */
    public String output() {
        return outputs(1).getFirst();
    }

    /** Adds the node and gives the names of its first {@code count} outputs. */
    public List<String> outputs(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(graph.newName(node.getOpType()));
        }
        graph.add(node.setName(names.getFirst()).addAllOutput(names).build());
        return names;
    }
}
