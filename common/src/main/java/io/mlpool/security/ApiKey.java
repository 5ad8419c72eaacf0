package io.mlpool.security;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key, without its secret.
 *
 * @param id its readable part
 * @param name that people gave it, unique among those that are not revoked
 * @param rateLimitPerMinute requests; null for the service's limit, 0 for none
 * @param createdBy name of the key that made it, or of the command
 * @param expiresAt exclusive; null for never
 * @param lastUsedOn in UTC; written up to a second or two late
 */
public record ApiKey(
        String id,
        String name,
        Set<Scope> scopes,
        @Nullable Integer rateLimitPerMinute,
        Instant createdAt,
        String createdBy,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable LocalDate lastUsedOn) {

    /** Whether it counts. */
    public enum State {
        ACTIVE,
        EXPIRED,
        REVOKED;

        /** As it stands in answers: {@code active}. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ApiKey {
        scopes = Set.copyOf(scopes);
    }

    public State state(Instant now) {
        if (revokedAt != null) {
            return State.REVOKED;
        }
        return expiresAt == null || now.isBefore(expiresAt) ? State.ACTIVE : State.EXPIRED;
    }
}
