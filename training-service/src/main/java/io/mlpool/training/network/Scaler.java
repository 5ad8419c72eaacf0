package io.mlpool.training.network;

import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;
import java.util.SplittableRandom;

/**
 * Brings each feature to mean 0 and standard deviation 1.
 *
 * @param mean of each feature
 * @param factor one over its standard deviation; 0 for a feature that never moved, from which nothing can be learned
 */
record Scaler(float[] mean, float[] factor) {

    /** Windows that are looked at: more would not change the third digit. */
    private static final int SAMPLE = 20_000;

    private static final double STILL = 1e-6;

    Scaler {
        if (mean.length != factor.length) {
            throw new IllegalArgumentException("a scaler needs a mean and a factor for each feature, found %d and %d"
                    .formatted(mean.length, factor.length));
        }
    }

    /** Fits it on a random sample of windows. */
    static Scaler fit(WindowSet windows, long seed) {
        int width = windows.schema().width();
        float[] window = new float[windows.schema().steps() * width];
        double[] sums = new double[width];
        double[] squares = new double[width];
        int[] sample = Sample.of(windows.size(), SAMPLE, new SplittableRandom(seed));
        for (int position : sample) {
            windows.copyWindow(position, window, 0);
            for (int i = 0; i < window.length; i++) {
                sums[i % width] += window[i];
                squares[i % width] += (double) window[i] * window[i];
            }
        }
        return of(sums, squares, (double) sample.length * windows.schema().steps());
    }

    private static Scaler of(double[] sums, double[] squares, double count) {
        float[] mean = new float[sums.length];
        float[] factor = new float[sums.length];
        for (int feature = 0; feature < sums.length; feature++) {
            double average = sums[feature] / count;
            double deviation = Math.sqrt(Math.max(0, squares[feature] / count - average * average));
            mean[feature] = (float) average;
            factor[feature] = deviation < STILL ? 0 : (float) (1 / deviation);
        }
        return new Scaler(mean, factor);
    }

    /** Scales rows of features in place. */
    void apply(float[] values, int length) {
        int width = mean.length;
        for (int row = 0; row < length; row += width) {
            for (int feature = 0; feature < width; feature++) {
                values[row + feature] = (values[row + feature] - mean[feature]) * factor[feature];
            }
        }
    }
}
