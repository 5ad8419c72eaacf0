package io.mlpool.serving.risk;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How scores of risk are kept up to date.
 *
 * @param pollInterval between two looks at what is new
 * @param patience how long scores wait for the candles of the rest of the market at the same close
 */
@ConfigurationProperties("mlpool.risk")
record RiskProperties(
        @DefaultValue("15s") Duration pollInterval,
        @DefaultValue("1m") Duration patience) {

    RiskProperties {
        if (pollInterval.isZero() || pollInterval.isNegative()) {
            throw new IllegalArgumentException("mlpool.risk.poll-interval must be positive, found " + pollInterval);
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("mlpool.risk.patience must not be negative, found " + patience);
        }
    }
}
