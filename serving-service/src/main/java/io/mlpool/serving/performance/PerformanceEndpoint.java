package io.mlpool.serving.performance;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.model.Horizon;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.market.MarketTime;
import io.mlpool.serving.market.TimeSpan;
import io.mlpool.serving.paging.Page;
import io.mlpool.serving.performance.Standing.Performance;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /monitoring/performance}. */
@RestController
@Tag(name = "monitoring")
class PerformanceEndpoint {

    private static final Duration USUAL = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(366);

    private final PerformanceHistory history;
    private final KnownAssets assets;
    private final MarketTime time;

    PerformanceEndpoint(PerformanceHistory history, KnownAssets assets, MarketTime time) {
        this.history = history;
        this.assets = assets;
        this.time = time;
    }

    @Operation(
            operationId = "get_performance",
            summary = "How forecasts turned out: error, skill, calibration, coverage",
            description =
                    "Of the forecasts whose target time lies in [from, to), by default the 30 days up to the newest candle and at most 366: one item for each model,"
                            + " version, variant and horizon, and by day, asset or third of the liquidity where asked for. What is told of single assets counts"
                            + " whole days, UTC. Intervals hold the true value with 95 % and know that outcomes overlap; they are absent where"
                            + " too few are known. How to read it: docs/monitoring.md.")
    @GetMapping("/monitoring/performance")
    ResponseEntity<Performance> performance(
            @RequestParam(required = false)
                    @Parameter(schema = @Schema(type = "string", example = "price-1h"))
                    @Nullable String model,
            @RequestParam(required = false) @Min(1) @Nullable Integer version,
            @RequestParam(required = false)
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"champion", "challenger"}))
                    @Nullable String variant,
            @RequestParam(required = false) @Parameter(schema = @Schema(type = "string", example = "24h")) @Nullable Horizon horizon,
            @RequestParam(required = false) @Parameter(schema = @Schema(type = "string", example = "bitcoin")) @Nullable String asset,
            @RequestParam(required = false)
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"high", "middle", "low", "unknown"}))
                    @Nullable String liquidity,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "horizon")
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {"horizon", "day", "asset", "liquidity"},
                                            defaultValue = "horizon"))
                    String by,
            @RequestParam(defaultValue = "100") @Min(1) @Max(1_000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        TimeSpan span = span(from, to);
        PerformanceQuery query = new PerformanceQuery(
                model,
                version,
                oneOf("variant", variant, List.of("champion", "challenger")),
                horizon,
                asset == null ? null : assets.require(asset),
                oneOf("liquidity", liquidity, List.of("high", "middle", "low", "unknown")),
                span.from(),
                span.to(),
                by(by));
        Page<Standing> page = history.page(query, cursor, limit);
        return page.answer(
                new Performance(span.from(), span.to(), query.by(), history.groups(), page.items(), page.nextCursor()));
    }

    private TimeSpan span(@Nullable Instant from, @Nullable Instant to) {
        TimeSpan given = TimeSpan.between(from, to);
        Instant end = to == null ? time.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1) : given.to();
        Instant start = from == null ? end.minus(USUAL) : given.from();
        if (start.isAfter(end) || Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("query", "from"),
                    "Value error, must not be after to (%s) and at most 366 days from it".formatted(end),
                    start.toString());
        }
        return new TimeSpan(start, end);
    }

    private static By by(String label) {
        oneOf("by", label, List.of("horizon", "day", "asset", "liquidity"));
        return By.valueOf(label.toUpperCase(java.util.Locale.ROOT));
    }

    private static @Nullable String oneOf(String name, @Nullable String value, List<String> known) {
        if (value != null && !known.contains(value)) {
            throw InvalidRequestException.of(
                    "enum", List.of("query", name), "Input should be one of " + String.join(", ", known), value);
        }
        return value;
    }
}
