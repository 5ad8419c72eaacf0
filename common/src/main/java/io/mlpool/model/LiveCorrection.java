package io.mlpool.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moves the quantiles of one horizon so that their intervals hold what they promise while a model is live: an interval that held too few of
 * the outcomes grows by a step, one that held too many shrinks. That is quantile tracking (Angelopoulos, Candès and Tibshirani 2023,
 * "Conformal PID control for time series prediction", eq. 3; Gibbs and Candès 2021, "Adaptive conformal inference under distribution
 * shift") with one observation for each outcome time, the mean over the assets, since coins move together.
 *
 * <p>Both ends of an interval move by the same distance. Left each to itself they would follow the market up and down, a day late: over
 * four years that cost three times as much quantile loss at 24 hours and held the coverage no better (docs/monitoring.md). So the median
 * never moves, and neither does a level that has no opposite.
 *
 * <p>An offset is a step times a sum over outcome times. Sums do not ask in which order outcomes came, or how often the process that adds
 * them up was killed.
 *
 * @param offsets one for each level, added to the quantile of the scaled return after the bundle's own {@link Calibration}
 */
public record LiveCorrection(List<Double> offsets) {

    private static final double STEP_OF_ONE_BAR = 0.05;

    public LiveCorrection {
        offsets = List.copyOf(offsets);
    }

    /**
     * How far an interval moves for each outcome time and unit of missing coverage, in scaled returns. Outcomes of longer horizons overlap
     * and are known later, so that large steps make those intervals swing: it falls with the root of the horizon. Chosen on four years of ten
     * coins (docs/monitoring.md).
     *
     * @param bars of the horizon, at least 1
     */
    public static double step(int bars) {
        return STEP_OF_ONE_BAR / Math.sqrt(bars);
    }

    /** Changes nothing. */
    public static LiveCorrection none(int levels) {
        return new LiveCorrection(Collections.nCopies(levels, 0.0));
    }

    /**
     * The correction that outcomes until now ask for.
     *
     * @param levels as in {@link ForecastShape}
     * @param below for each level the sum over the outcome times of the share of assets whose outcome was at or below the quantile that was
     *     served
     * @param times how many outcome times
     * @param step as {@link #step} tells it, or told it when the version went live
     */
    public static LiveCorrection of(List<Double> levels, double[] below, long times, double step) {
        if (below.length != levels.size()) {
            throw new IllegalArgumentException("%d levels but %d sums".formatted(levels.size(), below.length));
        }
        return new LiveCorrection(IntStream.range(0, below.length)
                .mapToObj(level -> step * widening(levels, below, times, level))
                .toList());
    }

    private static double widening(List<Double> levels, double[] below, long times, int level) {
        int opposite = opposite(levels, level);
        if (opposite < 0) {
            return 0;
        }
        double missing = levels.get(level) * times - below[level];
        double missingThere = levels.get(opposite) * times - below[opposite];
        return (missing - missingThere) / 2;
    }

    private static int opposite(List<Double> levels, int level) {
        return IntStream.range(0, levels.size())
                .filter(other -> Math.abs(levels.get(level) + levels.get(other) - 1) < 1e-9)
                .findFirst()
                .orElse(-1);
    }

    /** The corrected quantiles of a scaled return; where two would cross they are put in order. */
    public double[] apply(double[] scaled) {
        double[] moved = new double[scaled.length];
        for (int level = 0; level < moved.length; level++) {
            moved[level] = scaled[level] + offsets.get(level);
        }
        Arrays.sort(moved);
        return moved;
    }
}
