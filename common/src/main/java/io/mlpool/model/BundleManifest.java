package io.mlpool.model;

import io.mlpool.features.FeatureSchema;
import java.util.Map;

/**
 * {@code bundle.json}: everything about a model but its weights.
 *
 * @param format version of this file's layout
 * @param model registered name: {@code price-1h}
 * @param metrics what the evaluation measured, by name
 */
public record BundleManifest(
        int format,
        String model,
        Algorithm algorithm,
        FeatureSchema features,
        ForecastShape shape,
        Calibration calibration,
        Provenance provenance,
        Map<String, Double> metrics) {

    public static final int FORMAT = 1;

    public BundleManifest {
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "this build reads bundles of format %d, found %d".formatted(FORMAT, format));
        }
        if (calibration.offsets().size() != shape.horizons().size()
                || calibration.offsets().stream()
                        .anyMatch(row -> row.size() != shape.levels().size())) {
            throw new IllegalArgumentException(
                    "calibration must have one offset for each horizon and level of " + shape);
        }
        metrics = Map.copyOf(metrics);
    }
}
