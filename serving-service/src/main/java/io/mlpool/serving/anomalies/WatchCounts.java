package io.mlpool.serving.anomalies;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.market.Interval;
import java.util.Collection;

/** Counts the candles that this process showed to detectors, and what they found. A candle is counted once over all replicas. */
final class WatchCounts {

    private final MeterRegistry meters;

    /** Begins the counters at zero: of one that appears with its first value nobody can tell how much it rose. */
    WatchCounts(MeterRegistry meters, Collection<Interval> intervals) {
        this.meters = meters;
        intervals.forEach(interval -> {
            scored(interval, 0);
            counter("found", "Anomalies that the stream detectors found", interval)
                    .increment(0);
        });
    }

    void scored(Interval interval, int candles) {
        counter("scored", "Candles that the stream detectors have seen", interval)
                .increment(candles);
    }

    void found(Interval interval) {
        counter("found", "Anomalies that the stream detectors found", interval).increment();
    }

    private Counter counter(String what, String description, Interval interval) {
        return Counter.builder("mlpool.anomalies." + what)
                .description(description)
                .tag("interval", interval.label())
                .register(meters);
    }
}
