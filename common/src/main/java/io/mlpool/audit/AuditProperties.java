package io.mlpool.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the audit log is kept.
 *
 * @param enabled whether it is
 * @param interval between two times that counted uses are written; what a killed process counted since is lost
 */
@ConfigurationProperties("mlpool.audit")
record AuditProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("10s") Duration interval) {

    AuditProperties {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("mlpool.audit.interval must be positive, found " + interval);
        }
    }
}
