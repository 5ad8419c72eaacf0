package io.mlpool.security;

import java.time.Instant;
import java.util.Set;

/** Keys for tests. */
final class Examples {

    private Examples() {}

    static ApiKey key(String name, Scope... scopes) {
        return new ApiKey("0123456789ab", name, Set.of(scopes), null, Instant.EPOCH, "test", null, null, null);
    }
}
