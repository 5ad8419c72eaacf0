package io.mlpool.anomaly;

/**
 * A tree by which a point falls to a leaf. All lists have one entry for each node, the root first.
 *
 * @param feature that a node splits; -1 for a leaf
 * @param threshold a point goes left when its feature is at most this
 * @param left child, its number
 * @param right child, its number
 * @param length of a leaf: its depth, and the expected depth of a tree of the points that ended there
 */
public record IsolationTree(int[] feature, float[] threshold, int[] left, int[] right, float[] length) {

    public IsolationTree {
        int size = feature.length;
        if (threshold.length != size || left.length != size || right.length != size || length.length != size) {
            throw new IllegalArgumentException("a tree needs as much of everything, found %d, %d, %d, %d and %d"
                    .formatted(size, threshold.length, left.length, right.length, length.length));
        }
    }

    public int size() {
        return feature.length;
    }

    public boolean isLeaf(int node) {
        return feature[node] < 0;
    }

    /** Length of the path of the point at this offset. */
    float pathLength(float[] rows, int offset) {
        int node = 0;
        while (!isLeaf(node)) {
            node = rows[offset + feature[node]] <= threshold[node] ? left[node] : right[node];
        }
        return length[node];
    }
}
