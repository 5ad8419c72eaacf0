package io.mlpool.serving.keys;

import io.mlpool.security.ApiKey;
import io.mlpool.security.Caller;
import io.mlpool.security.IssuedKey;
import io.mlpool.security.Keys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /keys}: who may ask. Changes count here at once and on other replicas within a second or two. */
@RestController
@RequestMapping("/keys")
@Tag(name = "keys")
class KeysEndpoint {

    /** No example: the manual is public, and which keys there are is not. */
    private static final String ID = "Readable part of the key: mlp_<id>_<secret>; GET /keys lists it";

    private final Keys keys;
    private final Clock clock;

    KeysEndpoint(Keys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Operation(summary = "Make a key", description = "The answer holds it once; only a hash of it is kept.")
    @ApiResponse(responseCode = "201", description = "The key")
    @ApiResponse(responseCode = "409", description = "A key that is not revoked has the name", content = @Content)
    @PostMapping
    ResponseEntity<KeyView.Issued> create(@Valid @RequestBody WantedKey wanted, HttpServletRequest request) {
        IssuedKey issued = keys.create(wanted.request(), Caller.of(request).name());
        return ResponseEntity.created(URI.create("/keys/" + issued.key().id()))
                .cacheControl(CacheControl.noStore())
                .body(KeyView.Issued.of(issued, clock.instant()));
    }

    @Operation(summary = "All keys, also those that have ended, without their secrets; the oldest first")
    @GetMapping
    Map<String, List<KeyView>> keys() {
        return Map.of("keys", keys.all().stream().map(this::view).toList());
    }

    @Operation(summary = "One key, without its secret")
    @GetMapping("/{id}")
    KeyView key(@PathVariable @Parameter(description = ID) String id) {
        return view(keys.require(id));
    }

    @Operation(
            summary = "Give a key a new secret",
            description =
                    "The old one still counts for a while, so that callers can change over; `{\"grace\": \"0\"}` ends it at once.")
    @ApiResponse(responseCode = "200", description = "The key with its new secret")
    @ApiResponse(
            responseCode = "409",
            description = "The key has ended, or too many of its secrets count",
            content = @Content)
    @PostMapping("/{id}/rotate")
    ResponseEntity<KeyView.Issued> rotate(
            @PathVariable @Parameter(description = ID) String id,
            @RequestBody(required = false) @Nullable RotationRequest rotation) {
        RotationRequest wanted = rotation == null ? new RotationRequest(null) : rotation;
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(KeyView.Issued.of(keys.rotate(id, wanted.duration()), clock.instant()));
    }

    @Operation(summary = "End a key for good", description = "Repeating it changes nothing.")
    @ApiResponse(responseCode = "200", description = "The revoked key")
    @ApiResponse(
            responseCode = "409",
            description = "It is the last active key with scope admin, and nothing was forced",
            content = @Content)
    @DeleteMapping("/{id}")
    KeyView revoke(
            @PathVariable @Parameter(description = ID) String id, @RequestParam(defaultValue = "false") boolean force) {
        return view(keys.revoke(id, force));
    }

    private KeyView view(ApiKey key) {
        return KeyView.of(key, clock.instant());
    }
}
