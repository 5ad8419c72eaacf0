package io.mlpool.serving.drift;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.drift.DriftReference;
import io.mlpool.model.WatchedValues;
import io.mlpool.readings.ReadGauge;
import io.mlpool.serving.drift.DriftAnswer.ColumnDrift;
import io.mlpool.serving.drift.DriftAnswer.ModelDrift;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.market.MarketTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Drift of the live versions over a week, for metrics; computed anew when something was counted. */
final class DriftReading {

    private final DriftWatch watch;
    private final DriftTallies tallies;
    private final LiveForecasters live;
    private final MarketTime time;
    private final ReadGauge columns;
    private final ReadGauge index;
    private final Map<String, Told> told = new HashMap<>();

    DriftReading(DriftWatch watch, DriftTallies tallies, LiveForecasters live, MeterRegistry meters, MarketTime time) {
        this.watch = watch;
        this.tallies = tallies;
        this.live = live;
        this.time = time;
        this.columns = new ReadGauge(
                meters,
                "mlpool.drift.columns",
                "",
                "Inputs and numbers of the forecast that drift, over a week; NaN when it cannot be told");
        this.index = new ReadGauge(
                meters,
                "mlpool.drift.index",
                "ratio",
                "Population stability index of an input or number of the forecast against training, over a week");
    }

    /** @param counted at the time that it was told */
    private record Told(String counted, ModelDrift drift) {}

    void take() {
        Map<Tags, Number> drifting = new HashMap<>();
        Map<Tags, Number> indexes = new HashMap<>();
        for (LiveForecaster model : live.all()) {
            Tags tags = Tags.of(
                    "model", model.slot().model(), "alias", model.slot().alias().label());
            ModelDrift drift = drift(model);
            drifting.put(
                    tags,
                    drift.is(Verdict.UNKNOWN)
                            ? Double.NaN
                            : drift.columns().stream()
                                    .filter(column -> column.verdict() == Verdict.DRIFTING)
                                    .count());
            new WatchedValues(model.manifest().features(), model.manifest().shape())
                    .names()
                    .forEach(name -> indexes.put(tags.and("column", name), Double.NaN));
            for (ColumnDrift column : drift.columns()) {
                indexes.put(tags.and("column", column.name()), column.stabilityIndex());
            }
        }
        columns.set(drifting);
        index.set(indexes);
    }

    private ModelDrift drift(LiveForecaster model) {
        String name = model.slot().model();
        int version = model.version().version();
        String counted = version + " " + tallies.counted(name, version);
        Told before = told.get(model.slot().toString());
        if (before != null && before.counted().equals(counted)) {
            return before.drift();
        }
        Instant now = time.now();
        ModelDrift drift = watch.of(
                name, version, model.slot().alias().label(), now.minus(Duration.ofDays(DriftReference.DAYS)), now);
        told.put(model.slot().toString(), new Told(counted, drift));
        return drift;
    }
}
