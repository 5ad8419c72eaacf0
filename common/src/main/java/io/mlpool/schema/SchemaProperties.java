package io.mlpool.schema;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who brings the schema up to date.
 *
 * @param migrate this service at its start; otherwise it waits until somebody else has done so
 * @param patience how long it waits
 */
@ConfigurationProperties("mlpool.schema")
record SchemaProperties(
        @DefaultValue("true") boolean migrate,
        @DefaultValue("10m") Duration patience) {

    SchemaProperties {
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("mlpool.schema.patience must be positive, found " + patience);
        }
    }
}
