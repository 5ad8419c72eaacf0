package io.mlpool.serving.anomalies;

import io.mlpool.serving.anomaly.Finding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A candle that was found unlike what came before.
 *
 * @param at its close time
 * @param grade how far beyond the threshold, in (0, 1]
 * @param dimension with the largest share in the score
 * @param expected null where the detector expects nothing
 * @param attribution share of each dimension, they sum to 1
 */
public record Anomaly(
        Instant at,
        double grade,
        double score,
        double threshold,
        String dimension,
        double observed,
        @Nullable Double expected,
        Map<String, Double> attribution) {

    static Anomaly of(Instant at, Finding finding) {
        int dimension = finding.dimension();
        Double expected = finding.expected();
        Map<String, Double> attribution = new LinkedHashMap<>();
        for (int i = 0; i < finding.shares().length; i++) {
            attribution.put(CandlePoints.DIMENSIONS.get(i).name(), finding.shares()[i]);
        }
        return new Anomaly(
                at,
                finding.grade(),
                finding.score(),
                finding.threshold(),
                CandlePoints.DIMENSIONS.get(dimension).name(),
                CandlePoints.shown(dimension, finding.observed()),
                expected == null ? null : CandlePoints.shown(dimension, expected),
                attribution);
    }
}
