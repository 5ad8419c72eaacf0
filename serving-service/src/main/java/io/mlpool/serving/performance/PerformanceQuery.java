package io.mlpool.serving.performance;

import io.mlpool.model.Horizon;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which forecasts are looked at.
 *
 * @param from earliest target time, inclusive; of an asset its day, UTC
 * @param to latest target time, exclusive; of an asset its day, inclusive
 */
record PerformanceQuery(
        @Nullable String model,
        @Nullable Integer version,
        @Nullable String variant,
        @Nullable Horizon horizon,
        @Nullable String asset,
        @Nullable String liquidity,
        Instant from,
        Instant to,
        By by) {

    private static final Duration HOURLY = Duration.ofDays(31);
    private static final Duration DAILY = Duration.ofDays(93);

    /** What is kept of an asset is kept by the day. */
    boolean isOfAssets() {
        return by == By.ASSET || asset != null;
    }

    /** Length of the stretches of time whose means the intervals are made from: few enough for years, longer than any candle. */
    Duration block() {
        Duration span = Duration.between(from, to);
        if (span.compareTo(DAILY) > 0) {
            return Duration.ofDays(7);
        }
        return span.compareTo(HOURLY) > 0 || isOfAssets() ? Duration.ofDays(1) : Duration.ofHours(1);
    }
}
