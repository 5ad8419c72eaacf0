package io.mlpool.serving.featurestore;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.featurestore.FeatureViews;
import io.mlpool.featurestore.PublishedView;
import io.mlpool.readings.ReadGauge;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** How fresh the stored values are, for metrics. */
final class FeatureReading {

    private final FeatureViews views;
    private final ViewStates states;
    private final Clock clock;
    private final ReadGauge age;
    private final ReadGauge maxAge;
    private final ReadGauge pending;

    FeatureReading(FeatureViews views, ViewStates states, MeterRegistry meters, Clock clock) {
        this.views = views;
        this.states = states;
        this.clock = clock;
        age = new ReadGauge(
                meters,
                "mlpool.features.age",
                "seconds",
                "Since the newest event time that a view has values of; NaN when it has none");
        maxAge = new ReadGauge(
                meters, "mlpool.features.max.age", "seconds", "Age beyond which a value of the view is not shown");
        pending =
                new ReadGauge(meters, "mlpool.features.pending", "", "Series of which values are still to be computed");
    }

    void take() {
        Map<Tags, DoubleSupplier> ages = new HashMap<>();
        Map<Tags, Number> limits = new HashMap<>();
        Map<Tags, Number> waiting = new HashMap<>();
        for (PublishedView view : views.all()) {
            Tags tags = Tags.of("view", view.name());
            Optional<ViewStates.State> state = states.of(view);
            ages.put(tags, () -> state.map(this::age).orElse(Double.NaN));
            limits.put(tags, view.definition().freshness().toSeconds());
            waiting.put(tags, state.map(ViewStates.State::pending).orElse(0L));
        }
        age.follow(ages);
        maxAge.set(limits);
        pending.set(waiting);
    }

    private double age(ViewStates.State state) {
        return state.newestEvent() == null
                ? Double.NaN
                : Duration.between(state.newestEvent(), clock.instant()).toMillis() / 1000.0;
    }
}
