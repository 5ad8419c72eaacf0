package io.mlpool.serving.online;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.featurestore.FeatureReader;
import io.mlpool.featurestore.FeatureReader.Asked;
import io.mlpool.featurestore.FeatureViews;
import io.mlpool.serving.online.HistoricalFeatures.PastColumn;
import io.mlpool.serving.online.HistoricalFeaturesRequest.EntityRows;
import io.mlpool.serving.online.References.Reference;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /get-historical-features}: what the feature store knew at times in the past. */
@RestController
@Tag(name = "features")
class HistoricalFeaturesEndpoint {

    /** Numbers in an answer, which lies in memory. */
    private static final int MOST_VALUES = 300_000;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final FeatureViews views;
    private final FeatureReader reader;

    HistoricalFeaturesEndpoint(FeatureViews views, FeatureReader reader) {
        this.views = views;
        this.reader = reader;
    }

    @Operation(
            operationId = "get_historical_features",
            summary = "The features of assets as they were known at a time of their own for each row",
            description =
                    "A point-in-time join in the spirit of Feast's: of each row the newest value whose event time lies at or before the"
                            + " row's event_timestamp, in the version that counted at created_before, which is the event_timestamp where it"
                            + " is absent. It is what /get-online-features answered at that time, to the last bit. A value that was older"
                            + " than its view allows is OUTSIDE_MAX_AGE and null. Values of before a view's first start were computed"
                            + " at that start: a later created_before finds them.")
    @PostMapping("/get-historical-features")
    HistoricalFeatures features(@Valid @RequestBody HistoricalFeaturesRequest request) {
        List<Reference<StoredFeatures>> references = references(request);
        List<Asked> asked = asked(request.entities());
        requireRoom(asked.size(), references.size());
        boolean full = Boolean.TRUE.equals(request.fullFeatureNames());
        List<String> names = new ArrayList<>(List.of("asset", "event_timestamp"));
        references.forEach(reference -> names.add(reference.name(full)));
        List<PastColumn> columns = new ArrayList<>();
        columns.add(PastColumn.of(
                asked.stream().map(one -> Cell.entity(one.asset())).toList()));
        columns.add(PastColumn.of(
                asked.stream().map(one -> Cell.entity(one.at().toString())).toList()));
        References.ask(references, (source, positions) -> source.columns(positions, asked)).stream()
                .map(PastColumn::of)
                .forEach(columns::add);
        return new HistoricalFeatures(OnlineFeatures.Metadata.of(names), columns);
    }

    private List<Reference<StoredFeatures>> references(HistoricalFeaturesRequest request) {
        List<StoredFeatures> sources = views.all().stream()
                .map(view -> new StoredFeatures(view, reader))
                .toList();
        return new References<>(sources, "one of GET /feature-views")
                .read(request.features(), request.featureService());
    }

    private static List<Asked> asked(EntityRows rows) {
        List<Instant> known = rows.createdBefore() == null ? rows.eventTimestamp() : rows.createdBefore();
        requireLength("event_timestamp", rows.asset(), rows.eventTimestamp());
        requireLength("created_before", rows.asset(), known);
        List<ErrorDetail> wrong = new ArrayList<>();
        requireYears("event_timestamp", rows.eventTimestamp(), wrong);
        requireYears("created_before", known, wrong);
        if (!wrong.isEmpty()) {
            throw new InvalidRequestException(wrong);
        }
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < rows.asset().size(); i++) {
            asked.add(new Asked(rows.asset().get(i), rows.eventTimestamp().get(i), known.get(i)));
        }
        return asked;
    }

    private static void requireLength(String column, List<String> assets, List<Instant> times) {
        if (times.size() != assets.size()) {
            throw InvalidRequestException.of(
                    "value_error",
                    List.of("body", "entities", column),
                    "Input should have an entry for each of the %d assets, found %d"
                            .formatted(assets.size(), times.size()),
                    null);
        }
    }

    private static void requireYears(String column, List<Instant> times, List<ErrorDetail> wrong) {
        for (int i = 0; i < times.size(); i++) {
            if (times.get(i).isBefore(EARLIEST) || times.get(i).isAfter(LATEST)) {
                wrong.add(new ErrorDetail(
                        "value_error",
                        List.of("body", "entities", column, i),
                        "Input should lie between %s and %s".formatted(EARLIEST, LATEST),
                        times.get(i).toString()));
            }
        }
    }

    private static void requireRoom(int rows, int features) {
        if ((long) rows * features > MOST_VALUES) {
            throw InvalidRequestException.of(
                    "too_long",
                    List.of("body", "entities", "asset"),
                    "%d rows of %d features are more than %d values; ask for fewer rows at a time"
                            .formatted(rows, features, MOST_VALUES),
                    null);
        }
    }
}
