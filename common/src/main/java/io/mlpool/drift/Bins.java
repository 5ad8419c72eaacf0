package io.mlpool.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the values of one column are told apart. Edges lie between values that occurred, so that a value that occurs often has a bin of
 * its own and rounding moves nothing over an edge.
 *
 * @param edges rising; a value at an edge belongs to the bin above. One bin more than edges
 */
public record Bins(List<Double> edges) {

    private static final int MOST = 10;

    /** On both sides of a value that never changed, as a share of it. */
    private static final double TOLERANCE = 1e-3;

    public Bins {
        edges = List.copyOf(edges);
        for (int i = 1; i < edges.size(); i++) {
            if (edges.get(i) <= edges.get(i - 1)) {
                throw new IllegalArgumentException("edges must rise strictly, found " + edges);
            }
        }
    }

    /**
     * About ten bins that hold equally many of these values, fewer where values repeat; three around the only value.
     *
     * @param sorted rising, at least one
     */
    public static Bins of(double[] sorted) {
        double first = sorted[0];
        if (first == sorted[sorted.length - 1]) {
            double around = TOLERANCE * Math.max(1, Math.abs(first));
            return new Bins(List.of(first - around, first + around));
        }
        List<Double> edges = new ArrayList<>();
        for (int bin = 1; bin < MOST; bin++) {
            double edge = edgeBelow(sorted, sorted[(int) ((long) bin * sorted.length / MOST)]);
            if (edge > (edges.isEmpty() ? Double.NEGATIVE_INFINITY : edges.getLast())) {
                edges.add(edge);
            }
        }
        return new Bins(edges);
    }

    public int count() {
        return edges.size() + 1;
    }

    /** Index of the bin that a value lies in. */
    public int of(double value) {
        int bin = 0;
        while (bin < edges.size() && value >= edges.get(bin)) {
            bin++;
        }
        return bin;
    }

    private static double edgeBelow(double[] sorted, double value) {
        int at = Arrays.binarySearch(sorted, value);
        while (at > 0 && sorted[at - 1] == value) {
            at--;
        }
        if (at > 0) {
            return middle(sorted[at - 1], value);
        }
        while (sorted[at] == value) {
            at++;
        }
        return middle(value, sorted[at]);
    }

    private static double middle(double low, double high) {
        double middle = low + (high - low) / 2;
        return middle > low ? middle : high;
    }
}
