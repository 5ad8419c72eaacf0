package io.mlpool.serving.prediction;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A candle of a series that the caller holds. What it may be is checked where its series is made.
 *
 * @param openTime ISO time or seconds since 1970; {@code time} is read too
 * @param close last price of the candle
 * @param volume units of the asset traded within the candle
 */
@Schema(description = "A finished candle; open_time and close are enough")
public record SentCandle(
        @JsonAlias("time")
        @Schema(
                description = "Start of the candle, UTC; `time` is read too",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable Instant openTime,

        @Nullable Double open,
        @Nullable Double high,
        @Nullable Double low,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable Double close,

        @Schema(description = "Units of the asset traded within the candle") @Nullable Double volume) {}
