package io.mlpool.training.dataset;

import java.util.stream.IntStream;

/** Empirical quantiles by linear interpolation between order statistics (Hyndman and Fan 1996, definition 7). */
public final class Quantiles {

    private Quantiles() {}

    /** The known targets of one horizon in rising order. */
    public static double[] sortedTargets(WindowSet windows, int horizon) {
        return IntStream.range(0, windows.size())
                .mapToDouble(i -> windows.target(i, horizon))
                .filter(target -> !Double.isNaN(target))
                .sorted()
                .toArray();
    }

    /** Quantile of values in rising order; 0 when there are none. */
    public static double of(double[] sorted, double level) {
        if (sorted.length == 0) {
            return 0;
        }
        double position = level * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
