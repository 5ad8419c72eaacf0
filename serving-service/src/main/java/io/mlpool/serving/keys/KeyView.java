package io.mlpool.serving.keys;

import io.mlpool.security.ApiKey;
import io.mlpool.security.IssuedKey;
import io.mlpool.security.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as its administration shows it, never with its secret. */
record KeyView(
        @Schema(description = "Readable part of the key: mlp_<id>_<secret>", example = "1f3c5a7e9b0d")
        String id,

        @Schema(example = "trading-desk") String name,
        List<Scope> scopes,
        ApiKey.State state,

        @Schema(description = "Requests per minute and replica; null: the service's limit, 0: none") @Nullable Integer rateLimitPerMinute,

        Instant createdAt,

        @Schema(description = "Name of the key or command that made it")
        String createdBy,

        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Schema(description = "In UTC") @Nullable LocalDate lastUsedOn) {

    /** With the one sight of the key. */
    record Issued(
            @Schema(description = "Send it as X-API-Key or as Authorization: Bearer; it is not shown again")
            String key,

            KeyView details) {

        static Issued of(IssuedKey issued, Instant now) {
            return new Issued(issued.text(), KeyView.of(issued.key(), now));
        }
    }

    static KeyView of(ApiKey key, Instant now) {
        return new KeyView(
                key.id(),
                key.name(),
                key.scopes().stream().sorted().toList(),
                key.state(now),
                key.rateLimitPerMinute(),
                key.createdAt(),
                key.createdBy(),
                key.expiresAt(),
                key.revokedAt(),
                key.lastUsedOn());
    }
}
