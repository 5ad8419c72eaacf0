package io.mlpool.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What the naive opponent answers to every window: the quantiles that the scaled return had in the train slice. With the volatility in the
 * scale it is a random walk with EWMA volatility, see {@link ForecastShape}.
 *
 * @param quantiles a row for each horizon, one for each level, not falling
 */
public record NaiveQuantiles(List<List<Double>> quantiles) {

    public NaiveQuantiles {
        List<List<Double>> copy = new ArrayList<>();
        quantiles.forEach(row -> copy.add(List.copyOf(row)));
        quantiles = List.copyOf(copy);
    }

    /** From one answer {@code [horizons x levels]}. */
    public static NaiveQuantiles of(ForecastShape shape, float[] answer) {
        int levels = shape.levels().size();
        List<List<Double>> quantiles = new ArrayList<>();
        for (int horizon = 0; horizon < shape.horizons().size(); horizon++) {
            List<Double> row = new ArrayList<>();
            for (int level = 0; level < levels; level++) {
                row.add((double) answer[horizon * levels + level]);
            }
            quantiles.add(row);
        }
        return new NaiveQuantiles(quantiles);
    }

    boolean fits(ForecastShape shape) {
        return quantiles.size() == shape.horizons().size()
                && quantiles.stream()
                        .allMatch(row -> row.size() == shape.levels().size());
    }
}
