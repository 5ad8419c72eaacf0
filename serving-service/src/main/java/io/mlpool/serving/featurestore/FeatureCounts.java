package io.mlpool.serving.featurestore;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.featurestore.FeatureReader.Known;
import io.mlpool.featurestore.FeatureViews;
import io.mlpool.featurestore.PublishedView;
import io.mlpool.serving.featurestore.ValueStore.Event;
import io.mlpool.serving.featurestore.ValueStore.NewRow;
import java.util.List;
import java.util.Map;

/** How many rows were written, those that replace what was known apart. */
final class FeatureCounts {

    private final MeterRegistry meters;

    FeatureCounts(MeterRegistry meters, FeatureViews views) {
        this.meters = meters;
        views.all().forEach(view -> {
            counter(view, "new");
            counter(view, "revised");
        });
    }

    void written(PublishedView view, List<NewRow> rows, Map<Event, Known> stored) {
        long revised = rows.stream()
                .filter(row ->
                        stored.containsKey(new Event(row.seriesId(), row.row().eventTime())))
                .count();
        counter(view, "revised").increment((double) revised);
        counter(view, "new").increment((double) (rows.size() - revised));
    }

    private Counter counter(PublishedView view, String kind) {
        return Counter.builder("mlpool.features.rows")
                .description("Rows of feature values that were written; revised ones replace what was known before")
                .tags("view", view.name(), "kind", kind)
                .register(meters);
    }
}
