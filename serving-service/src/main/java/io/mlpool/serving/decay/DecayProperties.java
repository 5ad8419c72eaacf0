package io.mlpool.serving.decay;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the live versions are looked at.
 *
 * @param every pause between two looks
 * @param span outcomes that tell of a loss of skill; fourteen times the longest horizon where that is longer
 * @param level highest probability, of one look, that chance alone would look like a loss of skill; small, because it is looked at again and again
 */
@ConfigurationProperties("mlpool.decay")
record DecayProperties(
        @DefaultValue("15m") Duration every,
        @DefaultValue("28d") Duration span,
        @DefaultValue("3e-4") double level) {

    DecayProperties {
        requirePositive("every", every);
        requirePositive("span", span);
        if (!(level > 0 && level < 0.5)) {
            throw new IllegalArgumentException("mlpool.decay.level must lie between 0 and 0.5, found " + level);
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("mlpool.decay.%s must be positive, found %s".formatted(name, duration));
        }
    }
}
