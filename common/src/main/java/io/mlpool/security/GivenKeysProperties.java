package io.mlpool.security;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Keys that a deployment brings along as secrets, by name: {@code mlpool.security.given.prometheus.key} and {@code .scopes}.
 *
 * @param given empty where all keys are made with {@code ./mlpool keys} or over REST
 */
@ConfigurationProperties("mlpool.security")
record GivenKeysProperties(@Nullable Map<String, Given> given) {

    /**
     * A key as it will be sent.
     *
     * @param key {@code mlp_<id>_<secret>}
     * @param scopes what it allows
     */
    record Given(@Nullable String key, @Nullable Set<Scope> scopes) {

        /** Without the secret: this may stand in a log. */
        @Override
        public String toString() {
            return "a key for " + scopes;
        }
    }

    Map<String, Given> byName() {
        return given == null ? Map.of() : given;
    }
}
