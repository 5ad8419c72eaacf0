package io.mlpool.model;

import io.mlpool.drift.DriftReference;
import io.mlpool.features.FeatureSchema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code bundle.json} of a model that forecasts: everything about it but its weights.
 *
 * @param format version of this file's layout
 * @param model registered name: {@code price-1h}
 * @param metrics what the evaluation measured, by name
 * @param naive what the opponent answers whom the model was compared with; null in bundles from before it was kept
 * @param drift what its inputs and answers are watched against, in the order of {@link WatchedValues}; null in bundles from before it was
 *     kept, and where the train slice was too short for one
 */
public record ForecastManifest(
        int format,
        String model,
        Algorithm algorithm,
        FeatureSchema features,
        ForecastShape shape,
        Calibration calibration,
        Provenance provenance,
        Map<String, Double> metrics,
        @Nullable NaiveQuantiles naive,
        @Nullable DriftReference drift) {

    public ForecastManifest {
        BundleHeader.requireFormat(format);
        if (calibration.offsets().size() != shape.horizons().size()
                || calibration.offsets().stream()
                        .anyMatch(row -> row.size() != shape.levels().size())) {
            throw new IllegalArgumentException(
                    "calibration must have one offset for each horizon and level of " + shape);
        }
        if (naive != null && !naive.fits(shape)) {
            throw new IllegalArgumentException("naive must have one quantile for each horizon and level of " + shape);
        }
        if (drift != null && !drift.names().equals(new WatchedValues(features, shape).names())) {
            throw new IllegalArgumentException(
                    "drift must have a column for each watched feature and number of the forecast");
        }
        metrics = Map.copyOf(metrics);
    }
}
