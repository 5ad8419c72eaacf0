package io.mlpool.serving.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the registry is watched.
 *
 * @param pollInterval between two looks at the aliases
 * @param retryBroken how long a version that could not be loaded is left alone, unless its alias moves or a reload is asked for
 * @param prefix of the models that serving takes
 */
@ConfigurationProperties("mlpool.live")
record LiveProperties(
        @DefaultValue("1s") Duration pollInterval,
        @DefaultValue("1m") Duration retryBroken,
        @DefaultValue("price-") String prefix) {

    LiveProperties {
        requirePositive("poll-interval", pollInterval);
        requirePositive("retry-broken", retryBroken);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("mlpool.live.%s must be positive, found %s".formatted(name, duration));
        }
    }
}
