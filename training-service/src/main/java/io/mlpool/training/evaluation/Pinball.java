package io.mlpool.training.evaluation;

import java.util.List;

/**
 * The pinball loss {@code max(p (y - q), (p - 1)(y - q))} of a quantile {@code q} at level {@code p} is smallest in
 * expectation when {@code q} is the true quantile (Koenker and Bassett 1978, "Regression quantiles", Econometrica 46). Twice its
 * mean over evenly spread levels approximates the continuous ranked probability score (Gneiting and Ranjan 2011, "Comparing
 * density forecasts using threshold- and quantile-weighted scoring rules", eq. 16).
 */
final class Pinball {

    private Pinball() {}

    /** Twice the mean loss over the levels; NaN when {@code y} is. */
    static double mean(List<Double> levels, float[] quantiles, int offset, double y) {
        double sum = 0;
        for (int level = 0; level < levels.size(); level++) {
            sum += of(levels.get(level), quantiles[offset + level], y);
        }
        return 2 * sum / levels.size();
    }

    static double of(double level, double quantile, double y) {
        double error = y - quantile;
        return error >= 0 ? level * error : (level - 1) * error;
    }
}
