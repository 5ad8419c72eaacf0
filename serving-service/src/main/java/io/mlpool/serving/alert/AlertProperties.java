package io.mlpool.serving.alert;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How rules are evaluated.
 *
 * @param every pause between two looks at all rules
 * @param retention how long events, resolved alerts, silences that ended and notifications that were delivered are kept
 */
@ConfigurationProperties("mlpool.alerts")
record AlertProperties(
        @DefaultValue("15s") Duration every,
        @DefaultValue("90d") Duration retention) {

    AlertProperties {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("mlpool.alerts.every must be positive, found " + every);
        }
        if (retention.compareTo(Duration.ofDays(2)) < 0) {
            throw new IllegalArgumentException("mlpool.alerts.retention must be at least 2d, found " + retention);
        }
    }
}
