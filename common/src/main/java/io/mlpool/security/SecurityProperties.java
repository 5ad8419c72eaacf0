package io.mlpool.security;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How callers are told apart, and how much they may ask.
 *
 * @param mode {@link Mode#OPEN}: not at all
 * @param reread how often keys are read again, and so how late a change counts on other replicas
 */
@ConfigurationProperties("mlpool.security")
public record SecurityProperties(
        @DefaultValue("open") Mode mode,
        @DefaultValue("1s") Duration reread,
        @DefaultValue Rate rate) {

    /** Ways to tell callers apart. */
    public enum Mode {
        /** Everybody may do everything; therefore nobody but this machine may connect. */
        OPEN,
        /** Who wants more than to know whether the service is well shows a key. */
        API_KEY
    }

    /**
     * Requests per minute that each replica allows; 0 for no limit, null for what suits the mode.
     *
     * @param perKey of a key that has no limit of its own
     * @param perAddress of all requests without a valid key together
     */
    public record Rate(@Nullable Integer perKey, @Nullable Integer perAddress) {

        private static final int KEY = 6_000;
        private static final int ADDRESS = 120;

        public Rate {
            requirePossible("per-key", perKey);
            requirePossible("per-address", perAddress);
        }

        int perKey(Mode mode) {
            return perKey != null ? perKey : mode == Mode.OPEN ? 0 : KEY;
        }

        int perAddress(Mode mode) {
            return perAddress != null ? perAddress : mode == Mode.OPEN ? 0 : ADDRESS;
        }

        private static void requirePossible(String name, @Nullable Integer limit) {
            if (limit != null && limit < 0) {
                throw new IllegalArgumentException(
                        "mlpool.security.rate.%s must be 0 (no limit) or more, found %d".formatted(name, limit));
            }
        }
    }

    public SecurityProperties {
        if (!reread.isPositive()) {
            throw new IllegalArgumentException("mlpool.security.reread must be positive, found " + reread);
        }
    }

    /** Whether callers have to show a key. */
    public boolean asksForKeys() {
        return mode == Mode.API_KEY;
    }

    int perKey() {
        return rate.perKey(mode);
    }

    int perAddress() {
        return rate.perAddress(mode);
    }
}
