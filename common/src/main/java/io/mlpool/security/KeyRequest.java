package io.mlpool.security;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key that is wanted.
 *
 * @param name 1 to 64 of letters, digits, dot, hyphen and underscore
 * @param scopes what it allows; read and predict when nothing is said
 * @param expiresAt exclusive; null for never
 * @param rateLimitPerMinute requests; null for the service's limit, 0 for none
 */
public record KeyRequest(
        @Schema(description = "Unique among keys that are not revoked", example = "trading-desk")
        String name,

        @Schema(description = "Of read, predict, train, admin; read and predict when not named") @Nullable Set<Scope> scopes,

        @Schema(description = "The key counts until then; never ends when not named") @Nullable Instant expiresAt,

        @Schema(
                description =
                        "Requests each replica allows it per minute; the service's limit when not named, 0 for no limit")
        @Nullable Integer rateLimitPerMinute) {

    private static final Set<Scope> USUAL = Set.of(Scope.READ, Scope.PREDICT);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public KeyRequest {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be 1 to 64 of letters, digits, '.', '-' and '_', found '%s'".formatted(name));
        }
        scopes = scopes == null ? USUAL : Set.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("scopes must name at least one of read, predict, train, admin");
        }
        if (rateLimitPerMinute != null && rateLimitPerMinute < 0) {
            throw new IllegalArgumentException(
                    "rate_limit_per_minute must be 0 (no limit) or more, found " + rateLimitPerMinute);
        }
    }

    /** What it allows, never empty. */
    Set<Scope> allowed() {
        return scopes == null ? USUAL : scopes;
    }
}
