package io.mlpool.serving.prediction;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candle of a series that the caller holds. What it may be is checked where its series is made.
 *
 * @param openTime ISO time or seconds since 1970; {@code time} is read too
 * @param close last price of the candle
 * @param volume of the candle; units of the asset traded within it unless {@code volumeKind} says otherwise
 * @param volumeKind what the volume counts, as {@code GET /candles} says it
 * @param finished must not be false; what {@code GET /candles} gives of the running candle is none to forecast from
 * @param flags as {@code GET /candles} gives them; of a {@code close_only} candle high and low say nothing
 */
@Schema(description = "A finished candle, also as GET /candles gives it; open_time and close are enough")
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

        @Schema(description = "Units of the asset traded within the candle, unless volume_kind says otherwise")
        @Nullable Double volume,

        @Schema(
                description = "What volume counts, as GET /candles says it; absent: base",
                allowableValues = {"base", "trailing_24h_quote", "unknown"})
        @Nullable String volumeKind,

        @Schema(description = "As GET /candles says it; the running candle is refused") @Nullable Boolean finished,

        @Schema(description = "As GET /candles gives them; of a close_only candle high and low are not looked at")
        @Nullable List<String> flags) {}
