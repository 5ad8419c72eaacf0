package io.mlpool.serving.anomalies;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stored anomaly, as {@code GET /anomalies} shows it. */
record AnomalyView(
        long id,
        String detector,
        @Nullable Integer modelVersion,
        String asset,
        String vsCurrency,
        String interval,
        Instant at,
        double grade,
        double score,
        double threshold,
        String dimension,
        double observed,
        @Nullable Double expected,
        Map<String, Double> attribution,
        Instant foundAt) {}
