package io.mlpool.serving.forecast;

import io.mlpool.model.LiveCorrection;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the outcomes of a version's own forecasts taught, by the index of the horizon.
 *
 * @param corrections by the close of the newest candle that a forecast is made from
 * @param newest the correction for all other times
 * @param ratios what errors were against those that the quantiles implied
 */
public record Experience(
        Map<Instant, List<LiveCorrection>> corrections, List<LiveCorrection> newest, ErrorRatios ratios) {

    public Experience {
        corrections = Map.copyOf(corrections);
        newest = List.copyOf(newest);
    }

    /** That of a version which nothing is known of yet. */
    public static Experience none(int horizons, int levels) {
        return new Experience(
                Map.of(),
                java.util.Collections.nCopies(horizons, LiveCorrection.none(levels)),
                ErrorRatios.none(horizons));
    }

    LiveCorrection correction(Instant asOf, int horizon) {
        return corrections.getOrDefault(asOf, newest).get(horizon);
    }
}
