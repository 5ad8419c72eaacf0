package io.mlpool.serving.drift;

import io.mlpool.drift.Drift;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.serving.drift.DriftAnswer.ModelDrift;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.MarketTime;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /monitoring/drift}, as numbers and as a page that can be kept. */
@RestController
@Tag(name = "monitoring")
class DriftEndpoint {

    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final DriftWatch watch;
    private final LiveForecasters live;
    private final MarketTime time;

    DriftEndpoint(DriftWatch watch, LiveForecasters live, MarketTime time) {
        this.watch = watch;
        this.live = live;
        this.time = time;
    }

    @Operation(
            operationId = "get_drift",
            summary = "Whether inputs and forecasts still look like they did in training",
            description =
                    "Of the live versions, or of one that was: each watched feature and number of the forecast over the last days, tested against"
                            + " the train slice with the dependence of hours and assets and the number of tests in mind. Drifting is what is significant"
                            + " and large. How to read it: docs/monitoring.md.")
    @GetMapping("/monitoring/drift")
    DriftAnswer drift(
            @RequestParam(required = false)
                    @Parameter(schema = @Schema(type = "string", example = "price-1h"))
                    @Nullable String model,
            @RequestParam(required = false) @Min(1) @Nullable Integer version,
            @RequestParam(defaultValue = "7") @Min(1) @Max(30) int days) {
        if (version != null && model == null) {
            throw InvalidRequestException.of(
                    "missing", List.of("query", "model"), "Field required, with a version", null);
        }
        Instant to = time.now().truncatedTo(ChronoUnit.SECONDS);
        Instant from = to.minus(Duration.ofDays(days));
        return new DriftAnswer(from, to, Drift.RATE, models(model, version, from, to));
    }

    @Operation(
            operationId = "get_drift_report",
            summary = "The same as a page that needs nothing else",
            description =
                    "HTML without scripts that loads nothing: bars of the shares in training and now, largest drift first.",
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The page",
                            content =
                                    @Content(mediaType = MediaType.TEXT_HTML_VALUE, schema = @Schema(type = "string"))))
    @GetMapping(path = "/monitoring/drift/report")
    ResponseEntity<String> report(
            @RequestParam(required = false)
                    @Parameter(schema = @Schema(type = "string", example = "price-1h"))
                    @Nullable String model,
            @RequestParam(required = false) @Min(1) @Nullable Integer version,
            @RequestParam(defaultValue = "7") @Min(1) @Max(30) int days) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header("Content-Security-Policy", POLICY)
                .body(DriftReport.of(drift(model, version, days)));
    }

    private List<ModelDrift> models(@Nullable String model, @Nullable Integer version, Instant from, Instant to) {
        if (model != null && version != null) {
            return List.of(watch.of(model, version, variant(model, version), from, to));
        }
        return live.all().stream()
                .filter(one -> model == null || one.slot().model().equals(model))
                .map(one -> watch.of(
                        one.slot().model(),
                        one.version().version(),
                        one.slot().alias().label(),
                        from,
                        to))
                .toList();
    }

    private @Nullable String variant(String model, int version) {
        for (LiveForecaster one : live.all()) {
            if (one.slot().model().equals(model) && one.version().version() == version) {
                return one.slot().alias().label();
            }
        }
        return null;
    }
}
