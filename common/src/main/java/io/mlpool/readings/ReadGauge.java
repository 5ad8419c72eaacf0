package io.mlpool.readings;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

/**
 * A gauge whose values are set by a {@link Reading}, one for each combination of labels that there is at the moment; none before the first one. A
 * value that stays is changed in place, so that no scrape misses it; one that is not set any more is gone from the next scrape on.
 */
public final class ReadGauge {

    private final MeterRegistry meters;
    private final String name;
    private final String unit;
    private final String description;
    private final Map<Tags, Shown> shown = new HashMap<>();

    /** @param unit that stands at the end of the exported name; empty for a plain number */
    public ReadGauge(MeterRegistry meters, String name, String unit, String description) {
        this.meters = meters;
        this.name = name;
        this.unit = unit;
        this.description = description;
    }

    /** The value of a gauge without labels. */
    public void set(Number value) {
        set(Map.of(Tags.empty(), value));
    }

    /** Replaces all values. */
    public void set(Map<Tags, ? extends Number> values) {
        Map<Tags, DoubleSupplier> fixed = new HashMap<>();
        values.forEach((tags, value) -> fixed.put(tags, value::doubleValue));
        follow(fixed);
    }

    /** The same with values that change by themselves, as an age does; they are asked at each scrape and must answer from memory. */
    public synchronized void follow(Map<Tags, DoubleSupplier> values) {
        shown.entrySet().removeIf(one -> !values.containsKey(one.getKey()) && removed(one.getValue()));
        values.forEach((tags, value) -> {
            Shown there = shown.get(tags);
            if (there == null) {
                shown.put(tags, register(tags, value));
            } else {
                there.value().set(value);
            }
        });
    }

    private boolean removed(Shown gone) {
        meters.remove(gone.gauge());
        return true;
    }

    private Shown register(Tags tags, DoubleSupplier value) {
        AtomicReference<DoubleSupplier> current = new AtomicReference<>(value);
        Gauge gauge = Gauge.builder(name, () -> current.get().getAsDouble())
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tags(tags)
                .register(meters);
        return new Shown(gauge, current);
    }

    private record Shown(Gauge gauge, AtomicReference<DoubleSupplier> value) {}
}
