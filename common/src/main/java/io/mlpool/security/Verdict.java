package io.mlpool.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a presented key is worth.
 *
 * @param key the valid key; null when there is none
 * @param refusal why there is none and what to do; empty with a valid key
 */
record Verdict(@Nullable KnownKey key, String refusal) {

    static final Verdict MISSING = new Verdict(null, """
            a key is needed: send it in the header X-API-Key, or as Authorization: Bearer; \
            who administers this pool makes one with POST /keys or ./mlpool keys create""");

    static final Verdict MALFORMED = new Verdict(null, """
            this is no key: keys read mlp_<12 digits>_<64 digits>, all of it is sent, without quotes""");

    static final Verdict UNKNOWN = new Verdict(null, """
            the key is not known: it may be of another pool, be copied wrongly, or have been rotated and its old secret run out""");

    /** Of who holds the right secret: they may be told more. */
    static Verdict ofHolder(KnownKey known, Instant now) {
        ApiKey key = known.key();
        return switch (key.state(now)) {
            case ACTIVE -> new Verdict(known, "");
            case EXPIRED ->
                new Verdict(
                        null, "the key '%s' expired at %s; ask for a new one".formatted(key.name(), key.expiresAt()));
            case REVOKED ->
                new Verdict(
                        null,
                        "the key '%s' was revoked at %s; ask for a new one".formatted(key.name(), key.revokedAt()));
        };
    }
}
