package io.mlpool.serving.anomalies;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a caller's series.
 *
 * @param points that were looked at
 * @param share of the points that may be told, by the budget
 * @param anomalies in the order of the points
 */
record DetectAnswer(int points, double share, List<Found> anomalies) {

    /**
     * One of them.
     *
     * @param index of the point, from 0
     * @param at its time, where times were given
     */
    record Found(
            int index,
            @Nullable Instant at,
            double grade,
            double score,
            double threshold,
            String dimension,
            double observed,
            @Nullable Double expected,
            Map<String, Double> attribution) {}
}
