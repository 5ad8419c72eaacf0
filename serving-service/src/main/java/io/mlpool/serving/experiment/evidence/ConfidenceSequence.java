package io.mlpool.serving.experiment.evidence;

import java.util.Arrays;

/**
 * Intervals for the mean of values that come one after the other, valid at all times at once: whoever looks after every value and stops
 * when it pleases is wrong no more often than who looks once. It is the confidence sequence of the t-test with a normal prior over the
 * mean in units of the unknown standard deviation: the Bayes factor of Lai (1976, "On confidence sequences", Annals of Statistics 4), which under
 * the null is a martingale whatever the standard deviation, cut at {@code 1 / alpha} by Ville's inequality; in the form of Wang and Ramdas
 * (2025, "Anytime-valid t-tests and confidence sequences for Gaussian means with unknown variance", Sequential Analysis 44).
 */
public final class ConfidenceSequence {

    /** Of the prior: effects as large as the standard deviation of a value are expected, which lets five values be enough for a large one. */
    private static final double PRIOR_PRECISION = 1;

    private ConfidenceSequence() {}

    /**
     * The interval after these values.
     *
     * @param inflation how many times larger the variance of the values' mean is than that of as many independent ones, at least 1
     * @param alpha probability that the true mean is ever outside, between 0 and 1
     */
    public static Estimate of(double[] values, double inflation, double alpha) {
        if (!(inflation >= 1) || !(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("inflation must be at least 1 and alpha between 0 and 1, found %s and %s"
                    .formatted(inflation, alpha));
        }
        int n = values.length;
        if (n == 0) {
            return Estimate.NONE;
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        double half = Math.sqrt(inflation * variance) * halfWidth(n, alpha);
        return Double.isFinite(half)
                ? new Estimate(mean, mean - half, mean + half, n)
                : new Estimate(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, n);
    }

    /** In standard deviations of the values (divided by their number); infinite or NaN while they are too few for any. */
    private static double halfWidth(int n, double alpha) {
        double weight = n + PRIOR_PRECISION;
        double factor = Math.pow(Math.sqrt(weight / PRIOR_PRECISION) / alpha, 2.0 / n);
        double bound = weight * (1 - 1 / factor);
        return bound < n ? Math.sqrt(bound / (n - bound)) : Double.POSITIVE_INFINITY;
    }
}
