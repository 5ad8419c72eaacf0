package io.mlpool.model;

import java.util.Map;

/**
 * What {@code bundle.json} says of every model, whatever it answers.
 *
 * @param format version of the file's layout
 * @param model registered name: {@code price-1h}, {@code risk-7d}
 * @param metrics what the evaluation measured, by name
 */
public record BundleHeader(
        int format, String model, Algorithm algorithm, Provenance provenance, Map<String, Double> metrics) {

    public static final int FORMAT = 1;

    public BundleHeader {
        requireFormat(format);
        metrics = Map.copyOf(metrics);
    }

    /** Refuses another layout than {@link #FORMAT}. */
    public static void requireFormat(int format) {
        if (format != FORMAT) {
            throw new IllegalArgumentException(
                    "this build reads bundles of format %d, found %d".formatted(FORMAT, format));
        }
    }
}
