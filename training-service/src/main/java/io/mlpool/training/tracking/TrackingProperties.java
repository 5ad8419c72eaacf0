package io.mlpool.training.tracking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How runs are told to MLflow.
 *
 * @param catchUp between two looks for runs that are over, or wait, and of which something is untold
 * @param quiet how long a server that was away is left alone: a training does not wait for it at every epoch
 */
@ConfigurationProperties("mlpool.tracking")
record TrackingProperties(
        @DefaultValue("10s") Duration catchUp,
        @DefaultValue("30s") Duration quiet) {

    TrackingProperties {
        requirePositive("catch-up", catchUp);
        requirePositive("quiet", quiet);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(
                    "mlpool.tracking.%s must be positive, found %s".formatted(name, duration));
        }
    }
}
