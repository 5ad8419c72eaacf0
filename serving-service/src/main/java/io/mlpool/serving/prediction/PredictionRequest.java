package io.mlpool.serving.prediction;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /predict} takes.
 *
 * @param asset asset key; with candles any label that is not blank, or nothing
 * @param interval of the candles; absent: that of the live model, when there is only one
 * @param horizon absent: the longest that the model answers
 * @param candles a series to forecast that the pool does not hold, oldest first
 */
public record PredictionRequest(
        @Schema(example = "bitcoin") @Nullable String asset,
        @Schema(example = "1h") @Nullable String interval,
        @Schema(example = "24h") @Nullable String horizon,
        @Nullable List<@Nullable SentCandle> candles) {

    /** A question about an asset that the pool holds candles of. */
    public static PredictionRequest ofKnown(String asset, String interval, String horizon) {
        return new PredictionRequest(asset, interval, horizon, null);
    }
}
