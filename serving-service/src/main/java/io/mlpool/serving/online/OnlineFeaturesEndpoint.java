package io.mlpool.serving.online;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.features.FeatureSchema;
import io.mlpool.serving.book.BookEntry;
import io.mlpool.serving.book.ForecastBook;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.online.OnlineFeatures.Column;
import io.mlpool.serving.online.OnlineFeatures.Status;
import io.mlpool.serving.prediction.ModelChoice;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /get-online-features}: the features that the live models saw in the newest candle of each asset. */
@RestController
@Tag(name = "features")
class OnlineFeaturesEndpoint {

    private static final String ENTITY = "asset";

    private final LiveForecasters live;
    private final ForecastBook book;
    private final Clock clock;

    OnlineFeaturesEndpoint(LiveForecasters live, ForecastBook book, Clock clock) {
        this.live = live;
        this.book = book;
        this.clock = clock;
    }

    /** A feature of a live model. */
    private record Reference(LiveForecaster model, String feature) {

        String name(boolean full) {
            return full ? model.slot().model() + "__" + feature : feature;
        }

        int index() {
            return schema().names().indexOf(feature);
        }

        FeatureSchema schema() {
            return model.manifest().features();
        }
    }

    @Operation(
            operationId = "get_online_features",
            summary = "The newest features of assets, in Feast's shape",
            description =
                    "A view is the name of a live model, its features are those that the model sees. A value whose candle closed"
                            + " more than two intervals ago is OUTSIDE_MAX_AGE and shown all the same.")
    @PostMapping("/get-online-features")
    OnlineFeatures features(@Valid @RequestBody OnlineFeaturesRequest request) {
        if (live.champions().isEmpty()) {
            throw ModelChoice.noneLive(live);
        }
        List<Reference> references = references(request);
        List<String> assets = assets(request);
        boolean full = Boolean.TRUE.equals(request.fullFeatureNames());
        List<String> names = new ArrayList<>(List.of(ENTITY));
        List<Column> columns = new ArrayList<>(List.of(entities(assets)));
        for (Reference reference : references) {
            names.add(reference.name(full));
            columns.add(column(reference, assets));
        }
        return new OnlineFeatures(new OnlineFeatures.Metadata(new OnlineFeatures.Names(names)), columns);
    }

    private Column column(Reference reference, List<String> assets) {
        List<@Nullable Object> values = new ArrayList<>();
        List<Status> statuses = new ArrayList<>();
        List<Instant> times = new ArrayList<>();
        Instant oldest =
                clock.instant().minus(reference.schema().interval().duration().multipliedBy(2));
        for (String asset : assets) {
            Optional<BookEntry> entry =
                    book.find(reference.model().slot(), asset).filter(found -> found.features().length > 0);
            values.add(entry.map(found -> found.features()[reference.index()]).orElse(null));
            times.add(entry.map(BookEntry::asOf).orElse(Instant.EPOCH));
            statuses.add(entry.map(found -> found.asOf().isBefore(oldest) ? Status.OUTSIDE_MAX_AGE : Status.PRESENT)
                    .orElse(Status.NOT_FOUND));
        }
        return new Column(values, statuses, times);
    }

    private static Column entities(List<String> assets) {
        return new Column(
                List.copyOf(assets),
                Collections.nCopies(assets.size(), Status.PRESENT),
                Collections.nCopies(assets.size(), Instant.EPOCH));
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

    private List<Reference> references(OnlineFeaturesRequest request) {
        String service = request.featureService();
        List<String> features = request.features();
        if ((service == null) == (features == null)) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "features"),
                    "Input should have one of \"features\": [%s] and \"feature_service\": \"%s\", found %s"
                            .formatted(example(), view(), service == null ? "none" : "both"),
                    null);
        }
        if (service != null) {
            LiveForecaster model = view(service, List.of("body", "feature_service"));
            return model.manifest().features().names().stream()
                    .map(name -> new Reference(model, name))
                    .toList();
        }
        List<Reference> references = new ArrayList<>();
        List<ErrorDetail> wrong = new ArrayList<>();
        for (int i = 0; features != null && i < features.size(); i++) {
            try {
                references.add(reference(features.get(i), List.of("body", "features", i)));
            } catch (InvalidRequestException e) {
                wrong.addAll(e.details());
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidRequestException(wrong);
        }
        return references;
    }

    private Reference reference(String text, List<Object> place) {
        int colon = text.indexOf(':');
        LiveForecaster model = view(colon < 0 ? text : text.substring(0, colon), place);
        String feature = text.substring(colon + 1);
        if (colon < 0 || !model.manifest().features().names().contains(feature)) {
            throw InvalidRequestException.of(
                    "enum",
                    place,
                    "Input should be written view:feature, which is %s: and one of %s"
                            .formatted(
                                    model.slot().model(),
                                    model.manifest().features().names()),
                    text);
        }
        return new Reference(model, feature);
    }

    private LiveForecaster view(String name, List<Object> place) {
        return live.champions().stream()
                .filter(model -> model.slot().model().equals(name))
                .findFirst()
                .orElseThrow(() -> InvalidRequestException.of(
                        "enum",
                        place,
                        "Input should name a view, the name of a live model, which is one of "
                                + live.champions().stream()
                                        .map(model -> model.slot().model())
                                        .toList(),
                        name));
    }

    /** A view and a feature that there are, to show how they are written. */
    private String example() {
        return live.champions().stream()
                .map(model -> "\"%s:%s\""
                        .formatted(
                                model.slot().model(),
                                model.manifest().features().names().getFirst()))
                .findFirst()
                .orElse("\"view:feature\"");
    }

    private String view() {
        return live.champions().stream()
                .map(model -> model.slot().model())
                .findFirst()
                .orElse("view");
    }
}
