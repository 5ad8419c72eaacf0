package io.mlpool.training.network.onnx;

import io.mlpool.anomaly.AnomalyBundle;
import io.mlpool.anomaly.IsolationForest;
import io.mlpool.anomaly.IsolationTree;
import java.util.ArrayList;
import java.util.List;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/**
 * The graph of an Isolation Forest: {@code TreeEnsembleRegressor} of ONNX's operators for machine learning sums what each tree adds to the mean length
 * of the paths, and an exponential function makes it the score. Input {@code features [N, width]}, output {@code score [N]}.
 */
public final class ForestGraph {

    /** Versions of the operators; ONNX Runtime knows both since 1.10. */
    private static final int OPSET = 15;

    private static final int ML_OPSET = 1;
    private static final int IR_VERSION = 8;
    private static final String ML = "ai.onnx.ml";

    private ForestGraph() {}

    /** Writes the graph. */
    public static byte[] write(IsolationForest forest) {
        double factor = -Math.log(2) / IsolationForest.expectedLength(forest.samples());
        Onnx.GraphProto graph = Onnx.GraphProto.newBuilder()
                .setName("isolation-forest")
                .addInput(floats(AnomalyBundle.INPUT, forest.width()))
                .addOutput(floats(AnomalyBundle.OUTPUT))
                .addInitializer(number("factor", (float) factor))
                .addInitializer(column())
                .addNode(ensemble(forest))
                .addNode(node("Squeeze", "length", "lengths", "column"))
                .addNode(node("Mul", "exponent", "length", "factor"))
                .addNode(node("Exp", AnomalyBundle.OUTPUT, "exponent"))
                .build();
        return Onnx.ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("mlpool")
                .addOpsetImport(
                        Onnx.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(
                        Onnx.OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static Onnx.NodeProto ensemble(IsolationForest forest) {
        Nodes nodes = new Nodes(forest.trees().size());
        for (int tree = 0; tree < forest.trees().size(); tree++) {
            nodes.add(tree, forest.trees().get(tree));
        }
        return Onnx.NodeProto.newBuilder()
                .setOpType("TreeEnsembleRegressor")
                .setDomain(ML)
                .setName("lengths")
                .addInput(AnomalyBundle.INPUT)
                .addOutput("lengths")
                .addAllAttribute(nodes.attributes())
                .build();
    }

    /** The lists that the operator takes: all nodes of all trees, and the leaves once more with what they add. */
    private static final class Nodes {

        private final int trees;
        private final List<Long> tree = new ArrayList<>();
        private final List<Long> node = new ArrayList<>();
        private final List<Long> feature = new ArrayList<>();
        private final List<Float> threshold = new ArrayList<>();
        private final List<String> mode = new ArrayList<>();
        private final List<Long> left = new ArrayList<>();
        private final List<Long> right = new ArrayList<>();
        private final List<Long> leafTree = new ArrayList<>();
        private final List<Long> leafNode = new ArrayList<>();
        private final List<Float> weight = new ArrayList<>();

        Nodes(int trees) {
            this.trees = trees;
        }

        void add(long number, IsolationTree added) {
            for (int i = 0; i < added.size(); i++) {
                boolean leaf = added.isLeaf(i);
                tree.add(number);
                node.add((long) i);
                feature.add(leaf ? 0L : added.feature()[i]);
                threshold.add(leaf ? 0f : added.threshold()[i]);
                mode.add(leaf ? "LEAF" : "BRANCH_LEQ");
                left.add(leaf ? 0L : added.left()[i]);
                right.add(leaf ? 0L : added.right()[i]);
                if (leaf) {
                    leafTree.add(number);
                    leafNode.add((long) i);
                    weight.add(added.length()[i] / trees);
                }
            }
        }

        List<Onnx.AttributeProto> attributes() {
            return List.of(
                    integers("nodes_treeids", tree),
                    integers("nodes_nodeids", node),
                    integers("nodes_featureids", feature),
                    numbers("nodes_values", threshold),
                    words("nodes_modes", mode),
                    integers("nodes_truenodeids", left),
                    integers("nodes_falsenodeids", right),
                    integers("target_treeids", leafTree),
                    integers("target_nodeids", leafNode),
                    integers("target_ids", leafTree.stream().map(leaf -> 0L).toList()),
                    numbers("target_weights", weight),
                    attribute("n_targets", Onnx.AttributeProto.AttributeType.INT)
                            .setI(1)
                            .build());
        }

        private static Onnx.AttributeProto integers(String name, List<Long> values) {
            return attribute(name, Onnx.AttributeProto.AttributeType.INTS)
                    .addAllInts(values)
                    .build();
        }

        private static Onnx.AttributeProto numbers(String name, List<Float> values) {
            return attribute(name, Onnx.AttributeProto.AttributeType.FLOATS)
                    .addAllFloats(values)
                    .build();
        }

        private static Onnx.AttributeProto words(String name, List<String> values) {
            return attribute(name, Onnx.AttributeProto.AttributeType.STRINGS)
                    .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
                    .build();
        }

        private static Onnx.AttributeProto.Builder attribute(String name, Onnx.AttributeProto.AttributeType type) {
            return Onnx.AttributeProto.newBuilder().setName(name).setType(type);
        }
    }

    private static Onnx.NodeProto node(String type, String output, String... inputs) {
        return Onnx.NodeProto.newBuilder()
                .setOpType(type)
                .setName(output)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    private static Onnx.TensorProto number(String name, float value) {
        return Onnx.TensorProto.newBuilder()
                .setName(name)
                .setDataType(Onnx.TensorProto.DataType.FLOAT.getNumber())
                .addFloatData(value)
                .build();
    }

    /** The axis of the only column that the operator answers. */
    private static Onnx.TensorProto column() {
        return Onnx.TensorProto.newBuilder()
                .setName("column")
                .setDataType(Onnx.TensorProto.DataType.INT64.getNumber())
                .addDims(1)
                .addInt64Data(1)
                .build();
    }

    private static Onnx.ValueInfoProto floats(String name, long... columns) {
        Onnx.TensorShapeProto.Builder shape = Onnx.TensorShapeProto.newBuilder()
                .addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (long size : columns) {
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
