package io.mlpool.serving.featurestore;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.featurestore.FeatureViews;
import io.mlpool.featurestore.PublishedView;
import io.mlpool.market.Interval;
import io.mlpool.readings.ReadGauge;
import io.mlpool.serving.market.MarketTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** How fresh the stored values are, for metrics. */
final class FeatureReading {

    private final FeatureViews views;
    private final ViewStates states;
    private final Clock clock;
    private final MarketTime time;
    private final ReadGauge age;
    private final ReadGauge lag;
    private final ReadGauge maxAge;
    private final ReadGauge pending;

    FeatureReading(FeatureViews views, ViewStates states, MeterRegistry meters, MarketTime time, Clock clock) {
        this.views = views;
        this.states = states;
        this.time = time;
        this.clock = clock;
        age = new ReadGauge(
                meters,
                "mlpool.features.age",
                "seconds",
                "Since the newest event time that a view has values of; NaN when it has none");
        lag = new ReadGauge(
                meters,
                "mlpool.features.lag",
                "seconds",
                "Of the newest values of a view behind the newest candle of its interval; NaN when there are none of either");
        maxAge = new ReadGauge(
                meters, "mlpool.features.max.age", "seconds", "Age beyond which a value of the view is not shown");
        pending =
                new ReadGauge(meters, "mlpool.features.pending", "", "Series of which values are still to be computed");
    }

    void take() {
        Map<Tags, DoubleSupplier> ages = new HashMap<>();
        Map<Tags, Number> lags = new HashMap<>();
        Map<Tags, Number> limits = new HashMap<>();
        Map<Tags, Number> waiting = new HashMap<>();
        for (PublishedView view : views.all()) {
            Tags tags = Tags.of("view", view.name());
            Optional<ViewStates.State> state = states.of(view);
            ages.put(tags, () -> state.map(this::age).orElse(Double.NaN));
            lags.put(
                    tags,
                    state.map(one -> lag(one, view.definition().interval())).orElse(Double.NaN));
            limits.put(tags, view.definition().freshness().toSeconds());
            waiting.put(tags, state.map(ViewStates.State::pending).orElse(0L));
        }
        age.follow(ages);
        lag.set(lags);
        maxAge.set(limits);
        pending.set(waiting);
    }

    private double age(ViewStates.State state) {
        return since(state, clock.instant());
    }

    private double lag(ViewStates.State state, Interval interval) {
        return time.now(interval)
                .map(newest -> Math.max(0, since(state, newest)))
                .orElse(Double.NaN);
    }

    private static double since(ViewStates.State state, Instant until) {
        return state.newestEvent() == null
                ? Double.NaN
                : Duration.between(state.newestEvent(), until).toMillis() / 1000.0;
    }
}
