package io.mlpool.training.trees;

import io.mlpool.training.network.onnx.TreeEnsemble;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tree as XGBoost grew it. At a node a row goes left when its number in {@code column} is below {@code value}, both as 32-bit
 * numbers; a leaf adds {@code value} to the answer.
 *
 * @param left position of the node to the left; -1 at a leaf
 * @param right position of the node to the right; -1 at a leaf
 * @param missingLeft where a number that is not there goes
 * @param gain what a node's split took off the training loss; 0 at a leaf
 */
record Tree(int[] left, int[] right, int[] column, float[] value, boolean[] missingLeft, float[] gain) {

    private static final JsonMapper JSON = new JsonMapper();

    int size() {
        return left.length;
    }

    boolean isLeaf(int node) {
        return left[node] < 0;
    }

    /** Adds it to an ensemble. */
    void addTo(TreeEnsemble ensemble, int target) {
        ensemble.nextTree();
        for (int i = 0; i < size(); i++) {
            if (isLeaf(i)) {
                ensemble.leaf(i, target, value[i]);
            } else {
                ensemble.branch(i, column[i], value[i], left[i], right[i], missingLeft[i]);
            }
        }
    }

    /**
     * The trees of the first rounds.
     *
     * @param model in XGBoost's format {@code json}, which holds every number to the last bit
     */
    static List<Tree> of(byte[] model, int rounds) {
        JsonNode trees = JSON.readTree(model).at("/learner/gradient_booster/model/trees");
        return IntStream.range(0, rounds)
                .mapToObj(round -> of(trees.get(round)))
                .toList();
    }

    private static Tree of(JsonNode tree) {
        int size = tree.path("left_children").size();
        int[] left = new int[size];
        int[] right = new int[size];
        int[] column = new int[size];
        float[] value = new float[size];
        boolean[] missingLeft = new boolean[size];
        float[] gain = new float[size];
        for (int i = 0; i < size; i++) {
            left[i] = tree.path("left_children").get(i).asInt();
            right[i] = tree.path("right_children").get(i).asInt();
            column[i] = tree.path("split_indices").get(i).asInt();
            value[i] = Float.parseFloat(tree.path("split_conditions").get(i).asString());
            missingLeft[i] = tree.path("default_left").get(i).asInt() == 1;
            gain[i] = left[i] < 0
                    ? 0
                    : Float.parseFloat(tree.path("loss_changes").get(i).asString());
        }
        return new Tree(left, right, column, value, missingLeft, gain);
    }
}
