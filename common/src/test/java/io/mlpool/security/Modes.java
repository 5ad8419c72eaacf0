package io.mlpool.security;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings of security for tests. */
final class Modes {

    private static final Duration REREAD = Duration.ofMillis(50);

    private Modes() {}

    static SecurityProperties open(@Nullable Integer perAddress) {
        return new SecurityProperties(
                SecurityProperties.Mode.OPEN, REREAD, new SecurityProperties.Rate(null, perAddress));
    }

    static SecurityProperties apiKey(@Nullable Integer perKey, @Nullable Integer perAddress) {
        return new SecurityProperties(
                SecurityProperties.Mode.API_KEY, REREAD, new SecurityProperties.Rate(perKey, perAddress));
    }
}
