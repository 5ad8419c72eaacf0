package io.mlpool.anomaly;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Grows one tree: each node splits one feature that is not constant there at a random value between its extremes. */
final class TreeGrowing {

    private final float[] rows;
    private final int width;
    private final int deepest;
    private final RandomGenerator random;
    private final int[] feature;
    private final float[] threshold;
    private final int[] left;
    private final int[] right;
    private final float[] length;
    private int nodes;

    private TreeGrowing(float[] rows, int width, int samples, RandomGenerator random) {
        this.rows = rows;
        this.width = width;
        this.random = random;
        this.deepest = 32 - Integer.numberOfLeadingZeros(Math.max(1, samples) - 1);
        int most = 2 * samples;
        feature = new int[most];
        threshold = new float[most];
        left = new int[most];
        right = new int[most];
        length = new float[most];
    }

    /**
     * A tree of some points, no deeper than the logarithm of their number to base 2, rounded up.
     *
     * @param points numbers of the rows; they are sorted about
     */
    static IsolationTree grow(float[] rows, int width, int[] points, RandomGenerator random) {
        TreeGrowing growing = new TreeGrowing(rows, width, points.length, random);
        growing.grow(points, 0, points.length, 0);
        int size = growing.nodes;
        return new IsolationTree(
                Arrays.copyOf(growing.feature, size),
                Arrays.copyOf(growing.threshold, size),
                Arrays.copyOf(growing.left, size),
                Arrays.copyOf(growing.right, size),
                Arrays.copyOf(growing.length, size));
    }

    private int grow(int[] points, int from, int to, int depth) {
        int node = nodes++;
        int split = depth < deepest && to - from > 1 ? varying(points, from, to) : -1;
        feature[node] = split;
        if (split < 0) {
            length[node] = (float) (depth + IsolationForest.expectedLength(to - from));
            return node;
        }
        threshold[node] = between(points, from, to, split);
        int middle = part(points, from, to, split, threshold[node]);
        left[node] = grow(points, from, middle, depth + 1);
        right[node] = grow(points, middle, to, depth + 1);
        return node;
    }

    /** A feature that is not constant among the points, each as likely as the others; -1 when there is none. */
    private int varying(int[] points, int from, int to) {
        int[] candidates = new int[width];
        int count = 0;
        for (int f = 0; f < width; f++) {
            if (least(points, from, to, f) < most(points, from, to, f)) {
                candidates[count++] = f;
            }
        }
        return count == 0 ? -1 : candidates[random.nextInt(count)];
    }

    private float between(int[] points, int from, int to, int f) {
        float least = least(points, from, to, f);
        float most = most(points, from, to, f);
        float value = (float) (least + random.nextDouble() * ((double) most - least));
        return value < most ? value : least;
    }

    private int part(int[] points, int from, int to, int f, float value) {
        int middle = from;
        for (int i = from; i < to; i++) {
            if (at(points[i], f) <= value) {
                int point = points[i];
                points[i] = points[middle];
                points[middle++] = point;
            }
        }
        return middle;
    }

    private float least(int[] points, int from, int to, int f) {
        float least = Float.POSITIVE_INFINITY;
        for (int i = from; i < to; i++) {
            least = Math.min(least, at(points[i], f));
        }
        return least;
    }

    private float most(int[] points, int from, int to, int f) {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            most = Math.max(most, at(points[i], f));
        }
        return most;
    }

    private float at(int point, int f) {
        return rows[point * width + f];
    }
}
