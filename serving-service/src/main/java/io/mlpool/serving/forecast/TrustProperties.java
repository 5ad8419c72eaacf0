package io.mlpool.serving.forecast;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a forecast is marked as not to be trusted.
 *
 * @param modelExpiry age of a model's newest training candle from which on it is expired. A fifth of the history is held back to judge a
 *     model, so one that learned from six years of candles is more than a year old when it is new
 */
@ConfigurationProperties("mlpool.trust")
record TrustProperties(@DefaultValue("800d") Duration modelExpiry) {

    TrustProperties {
        if (modelExpiry.isZero() || modelExpiry.isNegative()) {
            throw new IllegalArgumentException("mlpool.trust.model-expiry must be positive, found " + modelExpiry);
        }
    }
}
