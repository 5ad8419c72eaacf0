package io.mlpool.serving.keys;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.security.KeyRequest;
import io.mlpool.security.Scope;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /keys}. */
record WantedKey(
        @Schema(description = "Unique among keys that are not revoked", example = "trading-desk") @NotNull String name,

        @ArraySchema(
                arraySchema = @Schema(description = "What it allows; read and predict when not named"),
                uniqueItems = false)
        @Nullable Set<@NotNull Scope> scopes,

        @Schema(description = "It counts until then; it never ends when not named") @Nullable Instant expiresAt,

        @Schema(
                description =
                        "Requests that each replica allows it per minute; the service's limit when not named, 0 for no limit")
        @Nullable Integer rateLimitPerMinute) {

    /** Checked, with what was not said filled in. */
    KeyRequest request() {
        try {
            return new KeyRequest(name, scopes == null ? KeyRequest.USUAL : scopes, expiresAt, rateLimitPerMinute);
        } catch (IllegalArgumentException e) {
            throw InvalidRequestException.of("value_error", List.of("body"), "Value error, " + e.getMessage(), null);
        }
    }
}
