package io.mlpool.serving.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Which versions are live and how old what they learned is, for metrics. */
final class LiveReading {

    private final ModelFamilies live;
    private final ModelWatch watch;
    private final Clock clock;
    private final ReadGauge age;
    private final ReadGauge version;
    private final ReadGauge rejected;
    private final ReadGauge promised;

    LiveReading(ModelFamilies live, ModelWatch watch, MeterRegistry meters, Clock clock) {
        this.live = live;
        this.watch = watch;
        this.clock = clock;
        this.age = new ReadGauge(
                meters,
                "mlpool.model.age",
                "seconds",
                "Time since the newest candle closed that the live version learned from");
        this.version = new ReadGauge(meters, "mlpool.model.version", "", "Version that is live");
        this.rejected = new ReadGauge(
                meters,
                "mlpool.model.rejected",
                "",
                "Version that the alias asks for and that cannot go live; 0 for none");
        this.promised = new ReadGauge(
                meters,
                "mlpool.model.coverage.promised",
                "ratio",
                "Share of outcomes that should lie between the outer quantiles");
        Gauge.builder("mlpool.registry.followed", () -> watch.trouble().isPresent() ? 0 : 1)
                .description("1 when all could be followed that the registry said at the last look")
                .register(meters);
    }

    void take() {
        Map<Tags, DoubleSupplier> ages = new HashMap<>();
        Map<Tags, Number> versions = new HashMap<>();
        Map<Tags, Number> rejections = new HashMap<>();
        Map<Tags, Number> promises = new HashMap<>();
        live.live().forEach(model -> {
            Tags slot = tags(model.slot());
            ages.put(slot, since(model.header().provenance().trainedUntil()));
            versions.put(slot, model.version().version());
            rejections.put(slot, 0);
            if (model instanceof LiveForecaster forecaster) {
                promises.put(slot, promised(forecaster));
            }
        });
        watch.rejections().forEach(one -> rejections.put(tags(one.slot()), one.version()));
        age.follow(ages);
        version.set(versions);
        rejected.set(rejections);
        promised.set(promises);
    }

    private DoubleSupplier since(Instant time) {
        return () -> Duration.between(time, clock.instant()).toMillis() / 1000.0;
    }

    private static double promised(LiveForecaster model) {
        List<Double> levels = model.manifest().shape().levels();
        return levels.getLast() - levels.getFirst();
    }

    private static Tags tags(Slot slot) {
        return Tags.of("model", slot.model(), "alias", slot.alias().label());
    }
}
