package io.mlpool.readings;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reading with its age: values that cannot be read any more stay what they were, and whoever looks at them must be able to see that. */
final class RepeatedReading {

    private static final Logger LOG = LoggerFactory.getLogger(RepeatedReading.class);

    private final Reading reading;
    private final Clock clock;
    private volatile Instant lastTaken;
    private boolean failing;

    RepeatedReading(Reading reading, MeterRegistry meters, Clock clock) {
        this.reading = reading;
        this.clock = clock;
        this.lastTaken = clock.instant();
        Gauge.builder("mlpool.reading.age", this, RepeatedReading::ageInSeconds)
                .description("Time since these metrics were read, or since the start while they never were")
                .baseUnit("seconds")
                .tag("reading", reading.name())
                .register(meters);
    }

    /** Takes it; a trouble is told when it begins and when it ends. */
    void take() {
        try {
            reading.take().run();
            lastTaken = clock.instant();
            if (failing) {
                LOG.info("The metrics about {} are read again", reading.name());
            }
            failing = false;
        } catch (RuntimeException e) {
            if (!failing && !Thread.currentThread().isInterrupted()) {
                LOG.warn(
                        "The metrics about {} stay as they are until they can be read: {}",
                        reading.name(),
                        e.getMessage());
            }
            failing = true;
        }
    }

    private double ageInSeconds() {
        return Duration.between(lastTaken, clock.instant()).toMillis() / 1000.0;
    }
}
