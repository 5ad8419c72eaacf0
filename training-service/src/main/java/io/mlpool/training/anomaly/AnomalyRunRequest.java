package io.mlpool.training.anomaly;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /anomaly/runs}.
 *
 * @param id names the run; the same request with the same id starts nothing new. One is made when absent
 * @param interval {@code 1h}
 * @param assets to learn from; all there are when absent or empty
 * @param until close time of the newest candle to use, UTC; all there are when absent
 * @param seed of every random choice; 1 when absent
 */
record AnomalyRunRequest(
        @Nullable String id,
        @Nullable String interval,
        @Nullable List<String> assets,
        @Nullable Instant until,
        @Nullable Long seed) {}
