package io.mlpool.serving.book;

import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.market.TimeSpan;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /predictions}. */
@RestController
@Tag(name = "predictions")
class PredictionsEndpoint {

    private final ForecastHistory history;
    private final KnownAssets assets;

    PredictionsEndpoint(ForecastHistory history, KnownAssets assets) {
        this.history = history;
        this.assets = assets;
    }

    /** A page of forecasts. */
    record PastForecasts(
            List<PastForecast> predictions, @Nullable String nextCursor) {}

    @Operation(
            summary = "Forecasts of before, and what really happened",
            description =
                    "Those made as of [from, to), newest first; scored as soon as the candle at their target is finished.",
            operationId = "list_predictions")
    @GetMapping("/predictions")
    ResponseEntity<PastForecasts> predictions(
            @RequestParam(required = false) @Parameter(schema = @Schema(type = "string", example = "bitcoin")) @Nullable String asset,
            @RequestParam(required = false) @Parameter(schema = @Schema(type = "string", example = "1h")) @Nullable Interval interval,
            @RequestParam(required = false) @Parameter(schema = @Schema(type = "string", example = "24h")) @Nullable Horizon horizon,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "100") @Min(1) @Max(10_000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        TimeSpan span = TimeSpan.between(from, to);
        String known = asset == null ? null : assets.require(asset);
        Page<PastForecast> page = history.page(
                new ForecastHistory.Query(known, interval, horizon, span.from(), span.to()), cursor, limit);
        return page.answer(new PastForecasts(page.items(), page.nextCursor()));
    }
}
