package io.mlpool.audit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the audit log is kept.
 *
 * @param enabled whether it is
 * @param addresses how those of callers stand in it
 * @param addressKeys how long after a month the key is kept that its pseudonyms were made with
 * @param interval between two times that counted uses are written; what a killed process counted since is lost
 */
@ConfigurationProperties("mlpool.audit")
record AuditProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("pseudonyms") Addresses addresses,
        @DefaultValue("90d") Duration addressKeys,
        @DefaultValue("10s") Duration interval) {

    /** What the log says of where callers are. */
    enum Addresses {
        PSEUDONYMS,
        PLAIN
    }

    AuditProperties {
        if (addressKeys.isNegative()) {
            throw new IllegalArgumentException("mlpool.audit.address-keys must not be negative, found " + addressKeys);
        }
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("mlpool.audit.interval must be positive, found " + interval);
        }
    }
}
