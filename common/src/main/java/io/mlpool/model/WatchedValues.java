package io.mlpool.model;

import io.mlpool.features.FeatureSchema;
import io.mlpool.features.FeatureWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What is watched for drift whenever a model forecasts: the features of the newest bar, and of each horizon the median and the width of the
 * 80 % interval, in scaled returns as the bundle's calibration leaves them. Features of the clock are not: they cannot drift. One code path
 * for the train slice and for life.
 */
public record WatchedValues(FeatureSchema features, ForecastShape shape) {

    /** Features first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(featureNames());
        names.addAll(forecastNames());
        return names;
    }

    /** Those of {@link #names} that the model says. */
    public List<String> forecastNames() {
        List<String> names = new ArrayList<>();
        for (Horizon horizon : shape.horizons()) {
            names.add("forecast_median_" + horizon);
            names.add("forecast_width_" + horizon);
        }
        return names;
    }

    /** Those of {@link #names} that the model sees. */
    public List<String> featureNames() {
        return IntStream.of(positions()).mapToObj(features.names()::get).toList();
    }

    /**
     * The watched features of a bar, in the order of {@link #featureNames}.
     *
     * @param values that hold the row of the bar, a value for each feature of the schema
     * @param offset where it begins
     */
    public double[] features(float[] values, int offset) {
        return IntStream.of(positions()).mapToDouble(i -> values[offset + i]).toArray();
    }

    /** The same of the newest bar of a window. */
    public double[] features(FeatureWindow window) {
        return features(window.values(), (features.steps() - 1) * features.width());
    }

    /**
     * The watched numbers of a forecast, in the order of {@link #names} after the features.
     *
     * @param answers {@code [count x horizons x levels]} as a {@link Forecaster} gives it
     * @param item which answer of the batch
     */
    public double[] forecast(Calibration calibration, float[] answers, int item) {
        int low = nearest(0.1);
        int high = nearest(0.9);
        double[] watched = new double[2 * shape.horizons().size()];
        for (int horizon = 0; horizon < shape.horizons().size(); horizon++) {
            double[] quantiles = calibration.apply(answers, item, horizon);
            watched[2 * horizon] = quantiles[shape.medianIndex()];
            watched[2 * horizon + 1] = quantiles[high] - quantiles[low];
        }
        return watched;
    }

    private int[] positions() {
        return IntStream.range(0, features.width())
                .filter(i -> !isOfTheClock(features.names().get(i)))
                .toArray();
    }

    private static boolean isOfTheClock(String name) {
        return name.startsWith("hour_") || name.startsWith("weekday_");
    }

    private int nearest(double wanted) {
        return IntStream.range(0, shape.levels().size())
                .reduce((a, b) -> Math.abs(shape.levels().get(b) - wanted)
                                < Math.abs(shape.levels().get(a) - wanted)
                        ? b
                        : a)
                .orElseThrow();
    }
}
