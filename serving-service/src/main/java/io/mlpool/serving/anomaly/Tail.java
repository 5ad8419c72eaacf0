package io.mlpool.serving.anomaly;

import java.util.Arrays;

/**
 * How rare a score is, from the last ones: a generalised Pareto distribution of what lies above their highest tenth (peaks over a
 * threshold; Siffer, Fouque, Termier, Largouet: Anomaly Detection in Streams with Extreme Value Theory, KDD 2017). It is fitted by
 * probability weighted moments, which need few values and always answer (Hosking, Wallis: Parameter and Quantile Estimation for the
 * Generalized Pareto Distribution, Technometrics 1987). Not for several threads.
 */
final class Tail {

    /** Scores without which nothing is said. */
    static final int WARM_UP = 100;

    /** Share of the scores that belongs to the tail; nothing that is more usual is rare. */
    static final double SHARE = 0.1;

    /** Uniform scores. */
    private static final double LEAST_SHAPE = -1;

    /** Scores of which the variance would not be finite. */
    private static final double MOST_SHAPE = 0.5;

    private final float[] newest;
    private final float[] sorted;
    private int size;
    private int next;
    private double base;
    private double shape;
    private double scale;
    private double share;

    /** @param memory scores that count, at least {@link #WARM_UP} */
    Tail(int memory) {
        if (memory < WARM_UP) {
            throw new IllegalArgumentException("memory must be at least %d, found %d".formatted(WARM_UP, memory));
        }
        this.newest = new float[memory];
        this.sorted = new float[memory];
    }

    /** The scores, oldest first. */
    float[] scores() {
        float[] scores = new float[size];
        for (int i = 0; i < size; i++) {
            scores[i] = newest[(next - size + i + newest.length) % newest.length];
        }
        return scores;
    }

    /** Takes up where another one with the same memory was. */
    void restore(float[] scores) {
        for (float score : scores) {
            add(score);
        }
        fit();
    }

    boolean isWarm() {
        return size >= WARM_UP;
    }

    void learn(float score) {
        add(score);
        fit();
    }

    /** The score above which a share {@code probability} of all lies, less than {@link #SHARE}. */
    double quantile(double probability) {
        double times = probability / share;
        return base
                + (Math.abs(shape) < 1e-6 ? -scale * Math.log(times) : scale / shape * (Math.pow(times, -shape) - 1));
    }

    /** The share of scores above this one, which lies in the tail. */
    double probability(double score) {
        if (scale == 0) {
            return score > base ? 0 : share;
        }
        double x = (score - base) / scale;
        double factor = Math.abs(shape) < 1e-6 ? Math.exp(-x) : Math.pow(Math.max(0, 1 + shape * x), -1 / shape);
        return share * Math.min(1, factor);
    }

    private void add(float score) {
        if (size == newest.length) {
            int at = Arrays.binarySearch(sorted, 0, size, newest[next]);
            System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
            size--;
        }
        int found = Arrays.binarySearch(sorted, 0, size, score);
        int at = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, at, sorted, at + 1, size - at);
        sorted[at] = score;
        size++;
        newest[next] = score;
        next = (next + 1) % newest.length;
    }

    private void fit() {
        if (!isWarm()) {
            return;
        }
        int excesses = (int) (SHARE * size);
        int first = size - excesses;
        base = sorted[first - 1];
        share = (double) excesses / size;
        double mean = 0;
        double weighted = 0;
        for (int i = 0; i < excesses; i++) {
            double excess = (sorted[first + i] - base) / excesses;
            mean += excess;
            weighted += excess * (excesses - 1 - i) / (excesses - 1);
        }
        double difference = mean - 2 * weighted;
        shape = difference > 0 ? Math.clamp(2 - mean / difference, LEAST_SHAPE, MOST_SHAPE) : 0;
        scale = mean * (1 - shape);
    }
}
