package io.mlpool.anomaly;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The values of one dimension within some time before now: what is usual, and how far values lie from it. */
final class Trailing {

    /** A normal distribution's interquartile range in standard deviations. */
    private static final double NORMAL_RANGE = 1.349;

    private final int fewest;
    private final double least;
    private final Deque<Value> values = new ArrayDeque<>();
    private double[] sorted = new double[64];
    private int size;

    /**
     * Without any values.
     *
     * @param fewest values without which nothing is usual
     * @param least spread that matters
     */
    Trailing(int fewest, double least) {
        this.fewest = fewest;
        this.least = least;
    }

    private record Value(long at, double value) {}

    void learn(long at, double value) {
        values.addLast(new Value(at, value));
        sorted = size == sorted.length ? Arrays.copyOf(sorted, 2 * size) : sorted;
        int found = Arrays.binarySearch(sorted, 0, size, value);
        int position = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, position, sorted, position + 1, size - position);
        sorted[position] = value;
        size++;
    }

    /** Forgets what was before. */
    void forget(long before) {
        while (!values.isEmpty() && values.getFirst().at() < before) {
            int position =
                    Arrays.binarySearch(sorted, 0, size, values.removeFirst().value());
            System.arraycopy(sorted, position + 1, sorted, position, size - position - 1);
            size--;
        }
    }

    void clear() {
        values.clear();
        size = 0;
    }

    boolean isWarm() {
        return size >= fewest;
    }

    double median() {
        return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
    }

    /**
     * Distance from the median over the spread, which is the interquartile range over 1.349, that of a normal distribution being its
     * standard deviation; drawn in by the inverse hyperbolic sine, so that a crash does not stretch the scale for everything else.
     */
    float scaled(double value) {
        double spread = Math.max(least, (sorted[size - 1 - size / 4] - sorted[size / 4]) / NORMAL_RANGE);
        double distance = (value - median()) / spread;
        return (float) (Math.signum(distance) * Math.log(Math.abs(distance) + Math.sqrt(distance * distance + 1)));
    }
}
