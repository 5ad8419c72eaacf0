package io.mlpool.serving.online;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.featurestore.FeatureReader;
import io.mlpool.featurestore.FeatureViews;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.online.OnlineFeatures.Column;
import io.mlpool.serving.online.References.Reference;
import io.mlpool.serving.prediction.ModelChoice;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /get-online-features}: the newest features of assets, of stored views or as the live models saw them. */
@RestController
@Tag(name = "features")
class OnlineFeaturesEndpoint {

    private static final String ENTITY = "asset";

    private final LiveForecasters live;
    private final ForecastBook book;
    private final FeatureViews views;
    private final FeatureReader reader;
    private final Clock clock;

    OnlineFeaturesEndpoint(
            LiveForecasters live, ForecastBook book, FeatureViews views, FeatureReader reader, Clock clock) {
        this.live = live;
        this.book = book;
        this.views = views;
        this.reader = reader;
        this.clock = clock;
    }

    @Operation(
            operationId = "get_online_features",
            summary = "The newest features of assets, in Feast's shape",
            description =
                    "A view is a feature view (GET /feature-views) or the name of a live model, whose features are those that the model"
                            + " sees. A value that is older than its view allows, or of a model's candle that closed more than two"
                            + " intervals ago, is OUTSIDE_MAX_AGE: null of a feature view, shown all the same of a model.")
    @PostMapping("/get-online-features")
    OnlineFeatures features(@Valid @RequestBody OnlineFeaturesRequest request) {
        if (live.champions().isEmpty() && !isStored(views, request)) {
            throw ModelChoice.noneLive(live);
        }
        List<Reference<FeatureSource>> references = new References<>(
                        sources(), "the name of a live model or of a feature view")
                .read(request.features(), request.featureService());
        List<String> assets = assets(request);
        boolean full = Boolean.TRUE.equals(request.fullFeatureNames());
        List<String> names = new ArrayList<>(List.of(ENTITY));
        references.forEach(reference -> names.add(reference.name(full)));
        Instant now = clock.instant();
        List<Column> columns = new ArrayList<>();
        columns.add(Column.of(assets.stream().map(Cell::entity).toList()));
        References.ask(references, (source, positions) -> source.columns(positions, assets, now)).stream()
                .map(Column::of)
                .forEach(columns::add);
        return new OnlineFeatures(OnlineFeatures.Metadata.of(names), columns);
    }

    private List<FeatureSource> sources() {
        return Stream.<FeatureSource>concat(
                        live.champions().stream().map(model -> new ModelFeatures(model, book)),
                        views.all().stream().map(view -> new StoredFeatures(view, reader)))
                .toList();
    }

    private static boolean isStored(FeatureViews views, OnlineFeaturesRequest request) {
        List<String> named = request.featureService() != null
                ? List.of(request.featureService())
                : request.features() != null ? request.features() : List.of();
        return !named.isEmpty()
                && named.stream()
                        .allMatch(one -> views.find(one.split(":", 2)[0]).isPresent());
    }

    private static List<String> assets(OnlineFeaturesRequest request) {
        List<String> assets = request.entities().get(ENTITY);
        if (assets == null || request.entities().size() != 1) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "entities"),
                    "Input should be {\"asset\": [\"bitcoin\", ...]}, a list of asset keys under the one entity there is; found the entities "
                            + request.entities().keySet(),
                    null);
        }
        return assets;
    }
}
