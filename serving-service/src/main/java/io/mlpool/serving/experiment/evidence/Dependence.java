package io.mlpool.serving.experiment.evidence;

import java.util.Arrays;

/** How much less the means of neighbouring blocks of time tell than as many independent numbers. */
final class Dependence {

    private Dependence() {}

    /**
     * What overlapping horizons bring about. Losses of forecasts whose horizons share a part share that part's news: with blocks of {@code x}
     * horizons the variance of a block's sum goes with {@code x - 1/3}, its covariance with the next with {@code 1/6}, that with others is
     * nought; the long-run variance is {@code x / (x - 1/3)} times a block's.
     *
     * @param horizons how many of the longest horizons a block is long, at least 1
     */
    static double ofOverlap(double horizons) {
        if (!(horizons >= 1)) {
            throw new IllegalArgumentException("a block must be as long as the longest horizon, found " + horizons);
        }
        return horizons / (horizons - 1.0 / 3);
    }

    /**
     * What was observed, moods of the market included: the long-run variance with Bartlett's weights (Newey and West, 1987) over as many
     * lags as the root of the values' number, relative to their variance. Not under 1: who is alike too seldom by chance tells no more for that.
     */
    static double observed(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double variance = product(values, 0, mean);
        int lags = (int) Math.round(Math.sqrt(values.length));
        double inflation = 1;
        for (int lag = 1; lag <= lags && variance > 0; lag++) {
            inflation += 2 * (1 - lag / (lags + 1.0)) * product(values, lag, mean) / variance;
        }
        return Math.max(1, inflation);
    }

    private static double product(double[] values, int lag, double mean) {
        double sum = 0;
        for (int i = lag; i < values.length; i++) {
            sum += (values[i] - mean) * (values[i - lag] - mean);
        }
        return sum;
    }
}
