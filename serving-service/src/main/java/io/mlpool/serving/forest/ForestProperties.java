package io.mlpool.serving.forest;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How candles are scored by forests.
 *
 * @param patience how long a candle waits for those of the rest of the market
 * @param pollInterval between two looks for new candles
 */
@ConfigurationProperties("mlpool.forest")
record ForestProperties(
        @DefaultValue("1m") Duration patience,
        @DefaultValue("10s") Duration pollInterval) {

    ForestProperties {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("mlpool.forest.patience must not be negative, found " + patience);
        }
        if (!pollInterval.isPositive()) {
            throw new IllegalArgumentException("mlpool.forest.poll-interval must be positive, found " + pollInterval);
        }
    }
}
