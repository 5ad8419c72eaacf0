package io.mlpool.security;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;

/** The administration of keys: made, rotated, revoked. What cannot be done is refused in words for who asked. */
public final class Keys {

    /** Secrets of one key that count at the same time: the newest, and those of rotations whose answer may have been lost. */
    static final int MOST_SECRETS = 5;

    private final KeyStore store;
    private final Clock clock;
    private final Runnable changed;
    private final SecureRandom random = new SecureRandom();

    /** @param changed is called after each change, when it counts already */
    Keys(KeyStore store, Clock clock, Runnable changed) {
        this.store = store;
        this.clock = clock;
        this.changed = changed;
    }

    /** For who works on the database of a pool without being one of its services. */
    public static Keys in(DataSource database, Clock clock) {
        return new Keys(new KeyStore(database), clock, () -> {});
    }

    /** All that ever were, the oldest first. */
    public List<ApiKey> all() {
        return store.all().values().stream().map(KnownKey::key).toList();
    }

    /**
     * The key with this id.
     *
     * @throws RefusedException 404
     */
    public ApiKey require(String id) {
        return known(id).key();
    }

    /**
     * Makes a key.
     *
     * @param createdBy name of who asks for it
     * @throws RefusedException 409 when a key that is not revoked has the name
     */
    public IssuedKey create(KeyRequest request, String createdBy) {
        requireFuture(request);
        KeyText text = KeyText.random(random);
        ApiKey key = new ApiKey(
                text.id(),
                request.name(),
                request.scopes(),
                request.rateLimitPerMinute(),
                clock.instant(),
                createdBy,
                request.expiresAt(),
                null,
                null);
        try {
            store.add(key, SecretHash.sha256(text.secret()));
        } catch (DuplicateKeyException taken) {
            throw RefusedException.conflict(
                    "there is a key '%s' already: rotate it for a new secret, revoke it first, or choose another name"
                            .formatted(request.name()));
        }
        changed.run();
        return new IssuedKey(key, text.text());
    }

    /**
     * Gives a key a new secret.
     *
     * @param grace how long the secrets before it still count; zero for not at all
     * @throws RefusedException 404, or 409 when the key is not active
     */
    public IssuedKey rotate(String id, Duration grace) {
        KnownKey known = known(id);
        Instant now = clock.instant();
        requireRotatable(known, grace, now);
        KeyText text = new KeyText(id, "").withSecret(random);
        store.rotate(id, SecretHash.sha256(text.secret()), now, now.plus(grace));
        changed.run();
        return new IssuedKey(known.key(), text.text());
    }

    /**
     * Ends a key for good; one that is revoked stays so.
     *
     * @param forced even if nobody could administer the pool afterwards
     * @throws RefusedException 404, or 409 for the last active key with scope admin
     */
    public ApiKey revoke(String id, boolean forced) {
        ApiKey key = require(id);
        if (!store.revoke(id, clock.instant(), forced)) {
            throw RefusedException.conflict(
                    "'%s' is the last active key with scope admin: make another first, or insist with force (?force=true, --force)"
                            .formatted(key.name()));
        }
        changed.run();
        return require(id);
    }

    /** A new secret of the active key that has this name and allows everything, which is made if it has to be; none of before counts. */
    public IssuedKey replace(String name, String createdBy) {
        Optional<ApiKey> before = all().stream()
                .filter(key -> key.name().equals(name) && key.revokedAt() == null)
                .findFirst();
        Set<Scope> everything = EnumSet.allOf(Scope.class);
        if (before.isPresent()
                && isActive(before.get())
                && before.get().scopes().equals(everything)) {
            return rotate(before.get().id(), Duration.ZERO);
        }
        before.ifPresent(key -> revoke(key.id(), true));
        return create(new KeyRequest(name, everything, null, null), createdBy);
    }

    private boolean isActive(ApiKey key) {
        return key.state(clock.instant()) == ApiKey.State.ACTIVE;
    }

    private KnownKey known(String id) {
        return Optional.ofNullable(store.all().get(id))
                .orElseThrow(() -> RefusedException.notFound("there is no key with id '%s'".formatted(id)));
    }

    private void requireFuture(KeyRequest request) {
        Instant end = request.expiresAt();
        if (end != null && !end.isAfter(clock.instant())) {
            throw InvalidRequestException.of(
                    "value_error", List.of("body", "expires_at"), "must be in the future", end.toString());
        }
    }

    private static void requireRotatable(KnownKey known, Duration grace, Instant now) {
        ApiKey key = known.key();
        if (key.state(now) != ApiKey.State.ACTIVE) {
            throw RefusedException.conflict("the key '%s' is %s: make a new one"
                    .formatted(key.name(), key.state(now).label()));
        }
        long counting = known.secrets().stream()
                .filter(secret -> secret.validUntil() == null || now.isBefore(secret.validUntil()))
                .count();
        if (!grace.isZero() && counting >= MOST_SECRETS) {
            throw RefusedException.conflict(
                    "%d secrets of the key '%s' count at the moment: wait until the oldest run out, or rotate without grace"
                            .formatted(counting, key.name()));
        }
    }
}
