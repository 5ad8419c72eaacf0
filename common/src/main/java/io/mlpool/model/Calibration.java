package io.mlpool.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moves each quantile by what it was off on data the model had not seen (split conformal prediction; Romano, Patterson and
 * Candès 2019, "Conformalized quantile regression").
 *
 * @param offsets one for each horizon and level, added to the quantile of the scaled return
 */
public record Calibration(List<List<Double>> offsets) {

    public Calibration {
        List<List<Double>> copy = new ArrayList<>();
        offsets.forEach(row -> copy.add(List.copyOf(row)));
        offsets = List.copyOf(copy);
    }

    /** Changes nothing. */
    public static Calibration none(ForecastShape shape) {
        return new Calibration(java.util.Collections.nCopies(
                shape.horizons().size(),
                java.util.Collections.nCopies(shape.levels().size(), 0.0)));
    }

    /**
     * The calibrated quantiles of one horizon; where two would cross they are put in order (Chernozhukov, Fernández-Val and
     * Galichon 2010, "Quantile and probability curves without crossing").
     *
     * @param forecast {@code [count x horizons x levels]} as a {@link Forecaster} gives it
     * @param item which answer of the batch
     * @param horizon index of the horizon
     */
    public double[] apply(float[] forecast, int item, int horizon) {
        List<Double> shift = offsets.get(horizon);
        double[] quantiles = new double[shift.size()];
        int from = (item * offsets.size() + horizon) * shift.size();
        for (int level = 0; level < quantiles.length; level++) {
            quantiles[level] = forecast[from + level] + shift.get(level);
        }
        Arrays.sort(quantiles);
        return quantiles;
    }
}
