package io.mlpool.security;

import java.time.Instant;
import java.util.List;

/** A key with what its secrets are checked against. */
record KnownKey(ApiKey key, Caller caller, List<SecretHash> secrets) {

    KnownKey {
        secrets = List.copyOf(secrets);
    }

    static KnownKey of(ApiKey key, List<SecretHash> secrets) {
        return new KnownKey(key, new Caller(key.id(), key.name(), key.scopes()), secrets);
    }

    /** Compares with all secrets, whichever it is. */
    boolean accepts(byte[] presented, Instant now) {
        boolean accepted = false;
        for (SecretHash secret : secrets) {
            accepted |= secret.accepts(presented, now);
        }
        return accepted;
    }
}
