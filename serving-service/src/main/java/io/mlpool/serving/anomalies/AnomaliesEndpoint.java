package io.mlpool.serving.anomalies;

import io.mlpool.market.Interval;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.market.TimeSpan;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /anomalies}. */
@RestController
@Tag(name = "anomalies")
class AnomaliesEndpoint {

    private final AnomalyHistory history;
    private final KnownAssets assets;

    AnomaliesEndpoint(AnomalyHistory history, KnownAssets assets) {
        this.history = history;
        this.assets = assets;
    }

    /** A page of anomalies. */
    record AnomalyList(
            List<AnomalyView> anomalies, @Nullable String nextCursor) {}

    @Operation(
            operationId = "list_anomalies",
            summary = "Candles that were unlike what came before",
            description = "Those that closed in [from, to), newest first.")
    @GetMapping("/anomalies")
    ResponseEntity<AnomalyList> anomalies(
            @RequestParam(required = false) @Parameter(schema = @Schema(type = "string", example = "bitcoin")) @Nullable String asset,
            @RequestParam(required = false) @Parameter(schema = @Schema(type = "string", example = "1h")) @Nullable Interval interval,
            @RequestParam(required = false) @Size(max = 100) @Pattern(regexp = "^[^\\u0000-\\u001f\\u007f]+$") @Nullable String detector,
            @RequestParam(name = "min_grade", defaultValue = "0") @DecimalMin("0") @DecimalMax("1") double minGrade,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "100") @Min(1) @Max(10_000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String known = asset == null ? null : assets.require(asset);
        AnomalyHistory.Query query =
                new AnomalyHistory.Query(known, interval, detector, minGrade, TimeSpan.between(from, to));
        Page<AnomalyView> page = history.page(query, cursor, limit);
        return page.answer(new AnomalyList(page.items(), page.nextCursor()));
    }
}
