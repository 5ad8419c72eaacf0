package io.mlpool.readings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the metrics are kept that cost a query.
 *
 * @param interval between two readings; shorter than between two scrapes makes no sense
 */
@ConfigurationProperties("mlpool.readings")
record ReadingsProperties(@DefaultValue("15s") Duration interval) {

    ReadingsProperties {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("mlpool.readings.interval must be positive, found " + interval);
        }
    }
}
