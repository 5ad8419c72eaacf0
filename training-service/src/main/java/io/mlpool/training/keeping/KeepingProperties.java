package io.mlpool.training.keeping;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which versions are kept, beside those that are in use.
 *
 * @param enabled whether the others are deleted
 * @param newest versions of each model that are kept, at least 1
 * @param age of a version, or of a run that made none, up to which it is kept
 * @param every pause between two looks
 */
@ConfigurationProperties("mlpool.keeping")
record KeepingProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("20") int newest,
        @DefaultValue("90d") Duration age,
        @DefaultValue("1h") Duration every) {

    KeepingProperties {
        if (newest < 1 || age.isNegative() || !every.isPositive()) {
            throw new IllegalArgumentException(
                    "mlpool.keeping: newest must be at least 1, age not negative and every positive, found %d, %s and %s"
                            .formatted(newest, age, every));
        }
    }
}
