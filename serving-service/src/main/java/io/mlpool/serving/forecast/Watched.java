package io.mlpool.serving.forecast;

import io.mlpool.drift.DriftReference;
import io.mlpool.features.FeatureWindow;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.WatchedValues;
import java.util.Arrays;
import java.util.Optional;

/**
 * What is watched of a forecast for drift, before what is learned while live corrects it.
 *
 * @param row a value for each column of the reference
 */
public record Watched(DriftReference reference, double[] row) {

    static Optional<Watched> of(ForecastManifest manifest, FeatureWindow window, float[] answers, int item) {
        DriftReference reference = manifest.drift();
        if (reference == null) {
            return Optional.empty();
        }
        WatchedValues values = new WatchedValues(manifest.features(), manifest.shape());
        double[] features = values.features(window);
        double[] forecast = values.forecast(manifest.calibration(), answers, item);
        double[] row = Arrays.copyOf(features, features.length + forecast.length);
        System.arraycopy(forecast, 0, row, features.length, forecast.length);
        return Optional.of(new Watched(reference, row));
    }
}
