package io.mlpool.serving.forest;

import io.mlpool.anomaly.Dimension;
import java.time.Instant;
import java.util.Map;

/**
 * A candle that is unlike the others.
 *
 * @param at its close time
 * @param grade how far beyond the threshold, in (0, 1]
 * @param dimension with the largest share in the score
 * @param observed its value
 * @param expected its usual value
 * @param attribution share of each dimension, they sum to 1
 */
record Finding(
        Instant at,
        double grade,
        double score,
        double threshold,
        Dimension dimension,
        double observed,
        double expected,
        Map<Dimension, Double> attribution) {}
