package io.mlpool.serving.book;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored forecast and, once its time has come, what really happened.
 *
 * @param trusted whether nothing spoke against it when it was made
 * @param actualPrice close of the candle at the target time; this and what follows is null until that candle is finished
 * @param absoluteError distance of the actual price from the median, in quote currency
 * @param naiveError distance of the actual price from the last price, in quote currency
 * @param insideInterval whether the actual price lay between the lowest and the highest quantile
 * @param pinballLosses by probability, in quote currency
 */
record PastForecast(
        UUID predictionId,
        String asset,
        String vsCurrency,
        String interval,
        Instant asOf,
        Instant targetTime,
        String horizon,
        double lastPrice,
        double predictedPrice,
        Map<String, Double> quantiles,
        double probabilityUp,

        @Schema(
                description =
                        "Whether nothing spoke against it when it was made; /predict says so for the moment of the question,"
                                + " when its candles may have become stale")
        boolean trusted,

        @Schema(description = "What spoke against it when it was made")
        List<String> reasons,

        Model model,
        @Nullable Double actualPrice,
        @Nullable Double absoluteError,
        @Nullable Double naiveError,
        @Nullable Boolean insideInterval,
        @Nullable Map<String, Double> pinballLosses,
        @Nullable Instant scoredAt) {

    /** Who said it. */
    record Model(String name, int version, String variant, String runId) {}
}
