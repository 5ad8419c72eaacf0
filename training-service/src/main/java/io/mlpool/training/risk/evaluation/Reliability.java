package io.mlpool.training.risk.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether probabilities are what they say, by bins.
 *
 * @param bins those that hold a row, from the lowest probabilities to the highest
 * @param error mean distance between said and seen, weighted by rows (expected calibration error)
 */
public record Reliability(List<Bin> bins, double error) {

    private static final double[] EDGES = {0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1.01};

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * Rows that were told similar probabilities.
     *
     * @param from lowest probability of the bin, inclusive
     * @param to highest, exclusive
     * @param said mean probability
     * @param seen share with the event
     */
    public record Bin(double from, double to, int rows, double said, double seen) {}

    static Reliability of(double[] probabilities, boolean[] events) {
        List<Bin> bins = new ArrayList<>();
        for (int edge = 0; edge + 1 < EDGES.length; edge++) {
            Bin bin = bin(probabilities, events, EDGES[edge], EDGES[edge + 1]);
            if (bin.rows() > 0) {
                bins.add(bin);
            }
        }
        double error = bins.stream()
                .mapToDouble(bin -> bin.rows() * Math.abs(bin.said() - bin.seen()))
                .sum();
        return new Reliability(bins, error / probabilities.length);
    }

    private static Bin bin(double[] probabilities, boolean[] events, double from, double to) {
        int[] rows = IntStream.range(0, probabilities.length)
                .filter(i -> probabilities[i] >= from && probabilities[i] < to)
                .toArray();
        return new Bin(
                from,
                Math.min(1, to),
                rows.length,
                IntStream.of(rows).mapToDouble(i -> probabilities[i]).average().orElse(0),
                IntStream.of(rows).filter(i -> events[i]).count() / (double) Math.max(1, rows.length));
    }
}
