package io.mlpool.serving.featurestore;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.featurestore.FeatureViews;
import io.mlpool.featurestore.PublishedView;
import io.mlpool.serving.market.MarketTime;
import io.mlpool.serving.market.TimeSpan;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /feature-views}: which features there are, whose they are and how fresh. */
@RestController
@Tag(name = "features")
class FeatureViewsEndpoint {

    private static final Duration WEEK = Duration.ofDays(7);

    private final FeatureViews views;
    private final ViewStates states;
    private final SampledValues values;
    private final MarketTime time;

    FeatureViewsEndpoint(FeatureViews views, ViewStates states, SampledValues values, MarketTime time) {
        this.views = views;
        this.states = states;
        this.values = values;
        this.time = time;
    }

    /** The views. */
    record FeatureViewList(List<FeatureViewAnswer> featureViews) {}

    @Operation(
            operationId = "list_feature_views",
            summary = "The feature views",
            description = "What /get-online-features and /get-historical-features answer from stored values.")
    @GetMapping("/feature-views")
    FeatureViewList list() {
        return new FeatureViewList(views.all().stream().map(this::answer).toList());
    }

    @Operation(operationId = "get_feature_view", summary = "A feature view")
    @GetMapping("/feature-views/{view}")
    FeatureViewAnswer view(
            @Parameter(schema = @Schema(type = "string", example = "price_1h")) @PathVariable("view") String name) {
        return answer(find(name));
    }

    @Operation(
            operationId = "get_feature_view_statistics",
            summary = "How the values of a view's features are distributed",
            description =
                    "Of the newest version of each value of whole assets, drawn in a fixed order until "
                            + SampledValues.MOST_ROWS
                            + " rows are there; sampled says whether that left some out. The span is the 7 days up to the newest candle unless it is given.")
    @GetMapping("/feature-views/{view}/statistics")
    ViewStatistics statistics(
            @Parameter(schema = @Schema(type = "string", example = "price_1h")) @PathVariable("view") String name,
            @Parameter(description = "Event time (inclusive)") @RequestParam(required = false) @Nullable Instant from,
            @Parameter(description = "Event time (exclusive)") @RequestParam(required = false) @Nullable Instant to) {
        PublishedView view = find(name);
        Instant end = to == null ? time.now() : to;
        TimeSpan span = TimeSpan.between(from, end);
        Instant begin = from == null ? end.minus(WEEK) : span.from();
        if (begin.isAfter(end)) {
            throw InvalidRequestException.of(
                    "value_error", List.of("query", "from"), "must lie at or before to, " + end, begin.toString());
        }
        return ViewStatistics.of(view, begin, end, values.of(view, begin, end));
    }

    private FeatureViewAnswer answer(PublishedView view) {
        return FeatureViewAnswer.of(view, states.of(view));
    }

    private PublishedView find(String name) {
        return views.find(name)
                .orElseThrow(() -> RefusedException.notFound("unknown feature view '%s', known: %s"
                        .formatted(name.length() <= 100 ? name : name.substring(0, 100) + "...", views.names())));
    }
}
