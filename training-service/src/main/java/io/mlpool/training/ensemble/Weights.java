package io.mlpool.training.ensemble;

import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How much each member counts at each horizon: not negative, one in all. They are learned by exponentiated gradient (Kivinen and Warmuth
 * 1997) on the pinball loss of the weighted mean of quantiles, in which newer windows count more, and then drawn to equal weights: of
 * few independent windows weights are told badly, and equal ones are hard to beat (Smith and Wallis 2009, "A simple explanation of
 * the forecast combination puzzle").
 *
 * @param of {@code [horizons][members]}
 */
record Weights(double[][] of) {

    private static final int STEPS = 60;

    /**
     * The weights that these forecasts support.
     *
     * @param members what each said about the same windows, which none of them learned from
     * @param working is called between steps, and may throw to stop
     */
    static Weights fit(List<Forecasts> members, Duration halfLife, double shrinkage, Runnable working) {
        WindowSet windows = members.getFirst().windows();
        double[] ages = ages(windows, halfLife);
        double[][] weights = new double[windows.shape().horizons().size()][];
        for (int h = 0; h < weights.length; h++) {
            weights[h] = drawnToEqual(learned(members, h, ages, working), shrinkage);
        }
        return new Weights(weights);
    }

    /** What each window counts: one for the newest, half of that a half-life before. */
    private static double[] ages(WindowSet windows, Duration halfLife) {
        double[] counts = new double[windows.size()];
        for (int i = 0; i < counts.length; i++) {
            long age = Duration.between(windows.asOf(i), windows.asOf(counts.length - 1))
                    .toSeconds();
            counts[i] = Math.pow(0.5, (double) age / halfLife.toSeconds());
        }
        return counts;
    }

    /** Mean of the steps, which settles where single ones go on swinging. */
    private static double[] learned(List<Forecasts> members, int horizon, double[] ages, Runnable working) {
        double[] weights = new double[members.size()];
        Arrays.fill(weights, 1.0 / weights.length);
        double[] mean = new double[weights.length];
        for (int step = 1; step <= STEPS; step++) {
            working.run();
            for (int m = 0; m < mean.length; m++) {
                mean[m] += weights[m] / STEPS;
            }
            double[] gradient = gradient(members, horizon, ages, weights);
            double centre = Arrays.stream(gradient).average().orElse(0);
            double steepest =
                    Arrays.stream(gradient).map(g -> Math.abs(g - centre)).max().orElse(0);
            if (steepest == 0) {
                return weights;
            }
            move(weights, gradient, centre, 1 / (steepest * Math.sqrt(step)));
        }
        return mean;
    }

    private static void move(double[] weights, double[] gradient, double centre, double length) {
        double sum = 0;
        for (int m = 0; m < weights.length; m++) {
            weights[m] *= Math.exp(-length * (gradient[m] - centre));
            sum += weights[m];
        }
        for (int m = 0; m < weights.length; m++) {
            weights[m] /= sum;
        }
    }

    private static double[] gradient(List<Forecasts> members, int horizon, double[] ages, double[] weights) {
        WindowSet windows = members.getFirst().windows();
        List<Double> levels = windows.shape().levels();
        double[] gradient = new double[weights.length];
        for (int i = 0; i < ages.length; i++) {
            float target = windows.target(i, horizon);
            for (int level = 0; level < levels.size() && !Float.isNaN(target); level++) {
                double quantile = 0;
                for (int m = 0; m < weights.length; m++) {
                    quantile += weights[m] * members.get(m).quantile(i, horizon, level);
                }
                double slope = ages[i] * (target > quantile ? -levels.get(level) : 1 - levels.get(level));
                for (int m = 0; m < weights.length; m++) {
                    gradient[m] += slope * members.get(m).quantile(i, horizon, level);
                }
            }
        }
        return gradient;
    }

    private static double[] drawnToEqual(double[] weights, double shrinkage) {
        return Arrays.stream(weights)
                .map(weight -> (1 - shrinkage) * weight + shrinkage / weights.length)
                .toArray();
    }

    /** The weight of a member, mean over the horizons. */
    double mean(int member) {
        return Arrays.stream(of)
                .mapToDouble(horizon -> horizon[member])
                .average()
                .orElseThrow();
    }

    /** The weights of a member, one for each horizon. */
    float[] member(int member) {
        float[] weights = new float[of.length];
        for (int h = 0; h < weights.length; h++) {
            weights[h] = (float) of[h][member];
        }
        return weights;
    }
}
