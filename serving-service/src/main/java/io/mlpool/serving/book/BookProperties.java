package io.mlpool.serving.book;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the book is kept.
 *
 * @param pollInterval between two looks at the newest candles when no notice of new ones comes
 * @param patience how long forecasts wait for the candles of the rest of the market at the same close
 * @param reconnect pause before listening for notices is tried again after the database was lost
 * @param retention how much older than a model's newest forecast, or score of risk, others may be before they are removed; at least 90 days, of which
 *     the errors are learned from
 */
@ConfigurationProperties("mlpool.book")
public record BookProperties(
        @DefaultValue("3s") Duration pollInterval,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("1s") Duration reconnect,
        @DefaultValue("366d") Duration retention) {

    private static final Duration LEARNED_FROM = Duration.ofDays(90);

    public BookProperties {
        requirePositive("poll-interval", pollInterval);
        requirePositive("reconnect", reconnect);
        if (patience.isNegative()) {
            throw new IllegalArgumentException("mlpool.book.patience must not be negative, found " + patience);
        }
        if (retention.compareTo(LEARNED_FROM) < 0) {
            throw new IllegalArgumentException(
                    "mlpool.book.retention must be at least 90d, of which errors are learned from, found " + retention);
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("mlpool.book.%s must be positive, found %s".formatted(name, duration));
        }
    }
}
