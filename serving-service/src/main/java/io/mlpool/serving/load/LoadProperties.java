package io.mlpool.serving.load;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much this process takes on at once; what comes beyond is refused with 503 and {@code Retry-After}.
 *
 * @param requests being read or answered, whatever they ask
 * @param questions to a model, running and waiting: how long the last of them waits follows from it
 */
@ConfigurationProperties("mlpool.load")
record LoadProperties(
        @DefaultValue("128") int requests,
        @DefaultValue("64") int questions) {

    LoadProperties {
        requirePositive("requests", requests);
        requirePositive("questions", questions);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("mlpool.load.%s must be positive, found %d".formatted(name, value));
        }
    }
}
