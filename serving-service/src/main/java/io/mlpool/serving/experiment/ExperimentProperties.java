package io.mlpool.serving.experiment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How experiments are followed.
 *
 * @param every pause between two looks at all experiments
 * @param grace how long outcomes are waited for after their time: forecasts without one by then are left out
 * @param pollInterval after which a replica at the latest knows which callers an experiment sends to which arm
 */
@ConfigurationProperties("mlpool.experiments")
record ExperimentProperties(
        @DefaultValue("1m") Duration every,
        @DefaultValue("6h") Duration grace,
        @DefaultValue("3s") Duration pollInterval) {

    ExperimentProperties {
        requirePositive("every", every);
        requirePositive("grace", grace);
        requirePositive("poll-interval", pollInterval);
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(
                    "mlpool.experiments.%s must be positive, found %s".formatted(name, duration));
        }
    }
}
