package io.mlpool.serving.anomaly;

import java.util.Arrays;

/**
 * Puts the values of one dimension on a scale that all dimensions share: distance from the median over the spread, both of the last
 * known values, drawn in at the far ends so that one extreme value does not hide all others from the forest for months. The spread
 * is the interquartile range over 1.349, that of a normal distribution being its standard deviation; where half of the values are
 * the same it is their mean distance from the median. Not for several threads.
 */
final class Scaling {

    /** Values without which nothing is said about the next one. */
    static final int WARM_UP = 32;

    private static final double NORMAL_RANGE = 1.349;

    /** Smaller moves are rounding errors of whoever measured, as a share of the median. */
    private static final double LEAST_SHARE = 1e-6;

    /** Where nothing ever moved any move is as many spreads. */
    private static final double FARTHEST = 1_000;

    private static final int STEPS = 64;

    private final double least;
    private final double[] newest;
    private final double[] sorted;
    private int size;
    private int next;
    private double median;
    private double spread;

    /**
     * Without any values.
     *
     * @param memory values that count, at least {@link #WARM_UP}
     * @param least spread that matters, in the unit of the values: what moves less is taken for as good as constant
     */
    Scaling(int memory, double least) {
        if (memory < WARM_UP) {
            throw new IllegalArgumentException("memory must be at least %d, found %d".formatted(WARM_UP, memory));
        }
        if (!(least >= 0) || Double.isInfinite(least)) {
            throw new IllegalArgumentException("least must be finite and not negative, found " + least);
        }
        this.least = least;
        this.newest = new double[memory];
        this.sorted = new double[memory];
    }

    /** The known values, oldest first. */
    double[] values() {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = newest[(next - size + i + newest.length) % newest.length];
        }
        return values;
    }

    /** Takes up where another one with the same memory was. */
    void restore(double[] values) {
        for (double value : values) {
            learn(value);
        }
    }

    boolean isWarm() {
        return size >= WARM_UP;
    }

    /** 0 is the median, 1 about one standard deviation above it; in steps, so that nothing is made of moves too small to matter. */
    double scaled(double value) {
        return Math.rint(STEPS * asinh(Math.clamp((value - median) / spread, -FARTHEST, FARTHEST))) / STEPS;
    }

    /** The value that is so far from the median. */
    double unscaled(double scaled) {
        return median + spread * Math.sinh(scaled);
    }

    void learn(double value) {
        if (size == newest.length) {
            remove(newest[next]);
        }
        insert(value);
        newest[next] = value;
        next = (next + 1) % newest.length;
        if (isWarm()) {
            measure();
        }
    }

    private void remove(double value) {
        int at = Arrays.binarySearch(sorted, 0, size, value);
        System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
        size--;
    }

    private void insert(double value) {
        int found = Arrays.binarySearch(sorted, 0, size, value);
        int at = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = value;
        size++;
    }

    private void measure() {
        median = quantile(0.5);
        double robust = (quantile(0.75) - quantile(0.25)) / NORMAL_RANGE;
        double floor = Math.max(Math.max(least, LEAST_SHARE * Math.abs(median)), Double.MIN_NORMAL);
        spread = Math.max(robust > 0 ? robust : meanDistance(), floor);
    }

    private double meanDistance() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.abs(sorted[i] - median) / size;
        }
        return sum;
    }

    /** One of the values, so that what is the same all the time has no distance from it. */
    private double quantile(double probability) {
        return sorted[(int) (probability * (size - 1))];
    }

    private static double asinh(double x) {
        double size = Math.abs(x);
        return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), x);
    }
}
