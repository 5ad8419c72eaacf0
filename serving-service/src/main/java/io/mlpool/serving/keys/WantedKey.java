package io.mlpool.serving.keys;

import io.mlpool.security.KeyRequest;
import io.mlpool.security.Scope;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /keys}. */
record WantedKey(
        @Schema(description = "Unique among keys that are not revoked", example = "trading-desk")
        @NotNull @Pattern(regexp = "^[A-Za-z0-9._-]{1,64}$", message = "should be 1 to 64 of letters, digits, '.', '-' and '_'") String name,

        @ArraySchema(
                arraySchema = @Schema(description = "What it allows; read and predict when not named"),
                uniqueItems = false)
        @Nullable @Size(min = 1) Set<@NotNull Scope> scopes,

        @Schema(description = "It counts until then; it never ends when not named") @Nullable Instant expiresAt,

        @Schema(
                description =
                        "Requests that each replica allows it per minute; the service's limit when not named, 0 for no limit")
        @Nullable @PositiveOrZero Integer rateLimitPerMinute) {

    /** With what was not said filled in. */
    KeyRequest request() {
        return new KeyRequest(name, scopes == null ? KeyRequest.USUAL : scopes, expiresAt, rateLimitPerMinute);
    }
}
