package io.mlpool.security;

import io.mlpool.security.GivenKeysProperties.Given;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the keys that a deployment brings along known, so that nobody has to reach the database to make the first one. A key that was changed in the
 * deployment replaces the one that had its name; one that was revoked stays revoked.
 */
final class GivenKeys {

    private static final Logger LOG = LoggerFactory.getLogger(GivenKeys.class);
    private static final String MADE_BY = "deployment";

    private final Map<String, Given> given;
    private final KeyStore store;
    private final Clock clock;

    GivenKeys(Map<String, Given> given, KeyStore store, Clock clock) {
        this.given = given;
        this.store = store;
        this.clock = clock;
    }

    /** All services and replicas do this at each start: it changes nothing that is there already. */
    void makeKnown() {
        given.forEach((name, key) -> makeKnown(request(name, key), text(name, key)));
    }

    private void makeKnown(KeyRequest request, KeyText text) {
        ApiKey wanted = new ApiKey(
                text.id(), request.name(), request.scopes(), null, clock.instant(), MADE_BY, null, null, null);
        Optional<ApiKey> before =
                store.named(request.name()).filter(key -> !key.id().equals(text.id()));
        ApiKey there = store.give(wanted, SecretHash.sha256(text.secret()), clock.instant());
        before.ifPresent(key -> LOG.warn(
                "The key '{}' ({}, made by {}) is revoked: this deployment gives another one of that name",
                key.name(),
                key.id(),
                key.createdBy()));
        if (there.revokedAt() != null) {
            LOG.warn(
                    "The key '{}' that this deployment gives was revoked and does not count: give another one, or none",
                    request.name());
        }
    }

    private static KeyRequest request(String name, Given given) {
        Set<Scope> scopes = given.scopes();
        if (scopes == null || scopes.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s.scopes must name at least one of read, predict, train, admin".formatted(property(name)));
        }
        try {
            return new KeyRequest(name, scopes, null, null);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(property(name) + ": " + e.getMessage(), e);
        }
    }

    private static KeyText text(String name, Given given) {
        KeyText text = given.key() == null ? null : KeyText.read(given.key().strip());
        if (text == null) {
            throw new IllegalArgumentException(
                    "%s.key must read mlp_<12 hexadecimal digits>_<64 hexadecimal digits>; this makes one: echo mlp_$(openssl rand -hex 6)_$(openssl rand -hex 32)"
                            .formatted(property(name)));
        }
        return text;
    }

    private static String property(String name) {
        return "mlpool.security.given." + name;
    }
}
