package io.mlpool.security;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key that is wanted.
 *
 * @param name 1 to 64 of letters, digits, dot, hyphen and underscore
 * @param scopes what it allows, at least one
 * @param expiresAt exclusive; null for never
 * @param rateLimitPerMinute requests; null for the service's limit, 0 for none
 */
public record KeyRequest(
        String name,
        Set<Scope> scopes,
        @Nullable Instant expiresAt,
        @Nullable Integer rateLimitPerMinute) {

    /** For who does not say what a key is for. */
    public static final Set<Scope> USUAL = Set.of(Scope.READ, Scope.PREDICT);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public KeyRequest {
        scopes = Set.copyOf(scopes);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be 1 to 64 of letters, digits, '.', '-' and '_', found '%s'".formatted(name));
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("scopes must name at least one of read, predict, train, admin");
        }
        if (rateLimitPerMinute != null && rateLimitPerMinute < 0) {
            throw new IllegalArgumentException(
                    "rate_limit_per_minute must be 0 (no limit) or more, found " + rateLimitPerMinute);
        }
    }
}
