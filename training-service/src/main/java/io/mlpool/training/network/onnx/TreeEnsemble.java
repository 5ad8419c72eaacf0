package io.mlpool.training.network.onnx;

import java.util.ArrayList;
import java.util.List;

/** Trees for ONNX's {@code TreeEnsembleRegressor}: where a row's number is below a node's, it goes left. */
public final class TreeEnsemble {

    private final float[] base;
    private final List<Long> tree = new ArrayList<>();
    private final List<Long> node = new ArrayList<>();
    private final List<Long> column = new ArrayList<>();
    private final List<Float> threshold = new ArrayList<>();
    private final List<String> mode = new ArrayList<>();
    private final List<Long> left = new ArrayList<>();
    private final List<Long> right = new ArrayList<>();
    private final List<Long> missingLeft = new ArrayList<>();
    private final List<Long> leafTree = new ArrayList<>();
    private final List<Long> leafNode = new ArrayList<>();
    private final List<Long> leafTarget = new ArrayList<>();
    private final List<Float> leafValue = new ArrayList<>();
    private long current = -1;

    /** @param base what the trees' answers are added to, a number for each target */
    public TreeEnsemble(float[] base) {
        this.base = base.clone();
    }

    /** The nodes that follow are of another tree; its node 0 is the root. */
    public void nextTree() {
        current++;
    }

    /** A node that sends rows on: to the left where their number in the column is below the threshold. */
    public void branch(int number, int at, float below, int toLeft, int toRight, boolean missingToLeft) {
        add(number, at, below, "BRANCH_LT", toLeft, toRight, missingToLeft);
    }

    /** A node that adds a value to one target. */
    public void leaf(int number, int target, float value) {
        add(number, 0, 0, "LEAF", 0, 0, false);
        leafTree.add(current);
        leafNode.add((long) number);
        leafTarget.add((long) target);
        leafValue.add(value);
    }

    private void add(int number, int at, float below, String kind, int toLeft, int toRight, boolean missingToLeft) {
        tree.add(current);
        node.add((long) number);
        column.add((long) at);
        threshold.add(below);
        mode.add(kind);
        left.add((long) toLeft);
        right.add((long) toRight);
        missingLeft.add(missingToLeft ? 1L : 0L);
    }

    /** Adds the trees to a graph: {@code [N, columns]} becomes {@code [N, targets]}. */
    public String in(Graph graph, String rows) {
        if (current < 0) {
            nextTree();
            leaf(0, 0, 0);
        }
        return graph.learnedOperator("TreeEnsembleRegressor")
                .on(rows)
                .with("nodes_treeids", tree)
                .with("nodes_nodeids", node)
                .with("nodes_featureids", column)
                .withFloats("nodes_values", threshold)
                .withWords("nodes_modes", mode)
                .with("nodes_truenodeids", left)
                .with("nodes_falsenodeids", right)
                .with("nodes_missing_value_tracks_true", missingLeft)
                .with("target_treeids", leafTree)
                .with("target_nodeids", leafNode)
                .with("target_ids", leafTarget)
                .withFloats("target_weights", leafValue)
                .withFloats("base_values", floats(base))
                .with("n_targets", base.length)
                .output();
    }

    private static List<Float> floats(float[] values) {
        List<Float> floats = new ArrayList<>();
        for (float value : values) {
            floats.add(value);
        }
        return floats;
    }
}
