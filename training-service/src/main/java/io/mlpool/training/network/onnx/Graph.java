package io.mlpool.training.network.onnx;

import io.mlpool.features.FeatureSchema;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.OnnxForecaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.InvalidProtocolBufferException;

/**
 * An ONNX graph that takes windows {@code [N, steps, width]} and answers quantiles {@code [N, horizons, levels]}, written node
 * by node. Values are known by their names.
 */
public final class Graph {

    /** Version of the operators; ONNX Runtime knows it since 1.10. */
    private static final int OPSET = 15;

    private static final int IR_VERSION = 8;

    /** Domain of the operators for machine learning, and their version: ONNX Runtime has always known it. */
    private static final String LEARNED = "ai.onnx.ml";

    private static final int LEARNED_OPSET = 1;

    /** Name of the input. */
    public static final String WINDOW = OnnxForecaster.INPUT;

    private final Onnx.GraphProto.Builder graph;
    private int names;

    public Graph(String name, FeatureSchema features, ForecastShape shape) {
        graph = Onnx.GraphProto.newBuilder()
                .setName(name)
                .addInput(floats(WINDOW, features.steps(), features.width()))
                .addOutput(floats(
                        OnnxForecaster.OUTPUT,
                        shape.horizons().size(),
                        shape.levels().size()));
    }

    /** A node with this operator of ONNX. */
    public Operator operator(String type) {
        return new Operator(this, "", type);
    }

    /** A node with this one of ONNX's operators for machine learning: trees. */
    public Operator learnedOperator(String type) {
        return new Operator(this, LEARNED, type);
    }

    /**
     * Takes in another model of the same windows: its nodes and weights under names of their own.
     *
     * @param model a finished file of this class
     * @return its answer, {@code [N, horizons, levels]}
     * @throws IllegalArgumentException when the file is none
     */
    public String embedded(byte[] model) {
        String prefix = newName("model") + "/";
        Onnx.GraphProto other = parsed(model);
        UnaryOperator<String> renamed = name -> name.isEmpty() || name.equals(WINDOW) ? name : prefix + name;
        for (Onnx.TensorProto weights : other.getInitializerList()) {
            graph.addInitializer(weights.toBuilder().setName(renamed.apply(weights.getName())));
        }
        for (Onnx.NodeProto node : other.getNodeList()) {
            graph.addNode(node.toBuilder()
                    .setName(renamed.apply(node.getName()))
                    .clearInput()
                    .addAllInput(node.getInputList().stream().map(renamed).toList())
                    .clearOutput()
                    .addAllOutput(node.getOutputList().stream().map(renamed).toList()));
        }
        return renamed.apply(OnnxForecaster.OUTPUT);
    }

    private static Onnx.GraphProto parsed(byte[] model) {
        try {
            return Onnx.ModelProto.parseFrom(model).getGraph();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("these bytes are no ONNX model", e);
        }
    }

    /** A tensor of floats in row-major order. */
    public String constant(float[] values, long... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return add(tensor(Onnx.TensorProto.DataType.FLOAT, bytes, dimensions));
    }

    /** A list of whole numbers: a shape, axes or positions. */
    public String integers(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return add(tensor(Onnx.TensorProto.DataType.INT64, bytes, values.length));
    }

    /** The finished file, whose output is the value {@code answer}. */
    public byte[] answering(String answer) {
        graph.addNode(Onnx.NodeProto.newBuilder()
                .setOpType("Identity")
                .setName("answer")
                .addInput(answer)
                .addOutput(OnnxForecaster.OUTPUT));
        return Onnx.ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("mlpool")
                .addOpsetImport(
                        Onnx.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addAllOpsetImport(learnedOperators())
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    /** Only named where one is used: the bytes of networks stay what they were. */
    private List<Onnx.OperatorSetIdProto> learnedOperators() {
        return graph.getNodeList().stream().noneMatch(node -> node.getDomain().equals(LEARNED))
                ? List.of()
                : List.of(Onnx.OperatorSetIdProto.newBuilder()
                        .setDomain(LEARNED)
                        .setVersion(LEARNED_OPSET)
                        .build());
    }

    void add(Onnx.NodeProto node) {
        graph.addNode(node);
    }

    String newName(String kind) {
        return kind.toLowerCase(Locale.ROOT) + "_" + names++;
    }

    private String add(Onnx.TensorProto.Builder tensor) {
        String name = newName("constant");
        graph.addInitializer(tensor.setName(name));
        return name;
    }

    private static Onnx.TensorProto.Builder tensor(
            Onnx.TensorProto.DataType type, ByteBuffer bytes, long... dimensions) {
        Onnx.TensorProto.Builder tensor = Onnx.TensorProto.newBuilder()
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes.rewind()));
        for (long dimension : dimensions) {
            tensor.addDims(dimension);
        }
        return tensor;
    }

    private static Onnx.ValueInfoProto floats(String name, long rows, long columns) {
        Onnx.TensorShapeProto.Builder shape = Onnx.TensorShapeProto.newBuilder()
                .addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (long size : List.of(rows, columns)) {
            shape.addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return Onnx.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(Onnx.TypeProto.newBuilder()
                        .setTensorType(Onnx.TypeProto.Tensor.newBuilder()
                                .setElemType(Onnx.TensorProto.DataType.FLOAT_VALUE)
                                .setShape(shape)))
                .build();
    }
}
