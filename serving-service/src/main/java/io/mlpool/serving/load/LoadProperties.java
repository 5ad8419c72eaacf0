package io.mlpool.serving.load;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much this process takes on at once; what is too much is refused with 503 and {@code Retry-After}.
 *
 * @param requests being read or answered, whatever they ask; others wait
 * @param longestWait for how long, at most
 * @param questions to a model, running and waiting for a core: fewer than requests, to leave room for those that need no model
 */
@ConfigurationProperties("mlpool.load")
record LoadProperties(
        @DefaultValue("64") int requests,
        @DefaultValue("250ms") Duration longestWait,
        @DefaultValue("48") int questions) {

    LoadProperties {
        requirePositive("requests", requests);
        requirePositive("questions", questions);
        if (!longestWait.isPositive()) {
            throw new IllegalArgumentException("mlpool.load.longest-wait must be positive, found " + longestWait);
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("mlpool.load.%s must be positive, found %d".formatted(name, value));
        }
    }
}
