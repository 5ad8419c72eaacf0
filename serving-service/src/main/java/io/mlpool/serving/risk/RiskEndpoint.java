package io.mlpool.serving.risk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mlpool.serving.market.KnownAssets;
import io.mlpool.serving.market.TimeSpan;
import io.mlpool.serving.paging.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /risk}: who is risky, why, since when, and what if. */
@RestController
@RequestMapping("/risk")
@Tag(name = "risk")
class RiskEndpoint {

    private static final Duration TREND = Duration.ofDays(30);
    private static final String NO_SCORE =
            "no score of risk yet: it takes a live model (GET /models) and 30 days of candles without a gap of a week";
    private static final Duration FRESH = Duration.ofHours(26);

    private final RiskHistory history;
    private final RiskModels models;
    private final WhatIf whatIf;
    private final KnownAssets assets;
    private final Clock clock;

    RiskEndpoint(RiskHistory history, RiskModels models, WhatIf whatIf, KnownAssets assets, Clock clock) {
        this.history = history;
        this.models = models;
        this.whatIf = whatIf;
        this.assets = assets;
        this.clock = clock;
    }

    /**
     * An asset in the list.
     *
     * @param change of the score since the day before, in points; null when there is no score of it
     */
    record RiskListItem(
            String asset,
            @Nullable String protocol,
            String horizon,
            Instant asOf,
            double score,
            double probability,
            @Nullable String cappedBy,
            @Nullable Double change,
            List<String> reasons,
            RiskScore.Model model) {}

    /** A page of assets. */
    record RiskList(List<RiskListItem> risks, @Nullable String nextCursor) {}

    /**
     * One horizon of an asset.
     *
     * @param sinceYesterday absent when there is no score of the day before
     * @param trend the last score of each day, oldest first
     * @param reasons what speaks against trusting it; empty for nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RiskDetail(
            RiskView risk, @Nullable RiskChange sinceYesterday, List<RiskHistory.Point> trend, List<String> reasons) {}

    /**
     * All horizons of an asset.
     *
     * @param whyNone why there is none; null when there is one
     */
    record AssetRisk(
            String asset,
            List<RiskDetail> horizons,
            @Nullable String whyNone) {}

    /** A page of past scores. */
    record PastScores(
            List<RiskHistory.Point> scores, @Nullable String nextCursor) {}

    @Operation(
            operationId = "list_risks",
            summary = "The newest score of each asset, the riskiest first",
            description = "Empty while no model of risk is live and none was.")
    @GetMapping
    ResponseEntity<RiskList> risks(
            @RequestParam(required = false)
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            example = "7d",
                                            allowableValues = {"7d", "30d"}))
                    @Nullable String horizon,
            @RequestParam(name = "min_score", defaultValue = "0") @Min(0) @Max(100) double minScore,
            @RequestParam(defaultValue = "100") @Min(1) @Max(10_000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String model = RiskModels.name(horizon, List.of("query", "horizon"));
        Page<RiskHistory.Newest> page = history.newest(model, minScore, cursor, limit);
        return page.answer(new RiskList(page.items().stream().map(this::item).toList(), page.nextCursor()));
    }

    @Operation(
            operationId = "get_risk",
            summary = "One asset: scores, factors, what changed since yesterday, and the last 30 days")
    @GetMapping("/{asset:(?!score$).+}")
    AssetRisk risk(@PathVariable @Schema(example = "bitcoin") String asset) {
        String known = assets.require(asset);
        List<RiskDetail> horizons = RiskModels.HORIZONS.stream()
                .flatMap(horizon -> history.newest(RiskModels.PREFIX + horizon, known, clock.instant()).stream())
                .map(this::detail)
                .toList();
        return new AssetRisk(known, horizons, horizons.isEmpty() ? NO_SCORE : null);
    }

    @Operation(
            operationId = "list_risk_history",
            summary = "All scores of an asset, newest first",
            description = "Those as of [from, to).")
    @GetMapping("/{asset}/history")
    ResponseEntity<PastScores> past(
            @PathVariable @Schema(example = "bitcoin") String asset,
            @RequestParam(required = false)
                    @Parameter(
                            schema =
                                    @Schema(
                                            type = "string",
                                            example = "7d",
                                            allowableValues = {"7d", "30d"}))
                    @Nullable String horizon,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "100") @Min(1) @Max(10_000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        String model = RiskModels.name(horizon, List.of("query", "horizon"));
        Page<RiskHistory.Point> page =
                history.past(model, assets.require(asset), TimeSpan.between(from, to), cursor, limit);
        return page.answer(new PastScores(page.items(), page.nextCursor()));
    }

    @Operation(
            operationId = "score_risk",
            summary = "What if: the risk of given features",
            description = "With an asset, its features of now are taken where none is given. Nothing is stored.",
            responses = {
                @ApiResponse(responseCode = "200", description = "What the model says"),
                @ApiResponse(
                        responseCode = "404",
                        description = "The asset is not known, or has no score to begin with",
                        content = @Content)
            })
    @PostMapping("/score")
    RiskView score(@Valid @RequestBody WhatIf.Question question) {
        return whatIf.answer(question);
    }

    private RiskListItem item(RiskHistory.Newest newest) {
        RiskScore score = newest.score();
        return new RiskListItem(
                score.asset(),
                score.protocol(),
                score.model().name().substring(RiskModels.PREFIX.length()),
                score.asOf(),
                score.score(),
                score.probability(),
                score.cappedBy(),
                newest.yesterday() == null ? null : score.score() - newest.yesterday(),
                reasons(score),
                score.model());
    }

    private RiskDetail detail(RiskScore score) {
        return new RiskDetail(
                RiskView.of(score, models.event(score.model().name())),
                history.dayBefore(score)
                        .map(before -> RiskChange.between(before, score))
                        .orElse(null),
                history.trend(score.model().name(), score.asset(), score.asOf().minus(TREND)),
                reasons(score));
    }

    private List<String> reasons(RiskScore score) {
        return score.asOf().plus(FRESH).isBefore(clock.instant())
                ? List.of("stale: the newest candle that was scored closed at " + score.asOf())
                : List.of();
    }
}
