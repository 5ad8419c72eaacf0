package io.mlpool.security;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All keys in memory: a request is judged without the database, and what was known holds while that is away. */
final class KnownKeys {

    private static final long DAY = 86_400;

    private final KeyStore store;
    private final Clock clock;
    /** An unknown id costs the same work as a known one. */
    private final KnownKey stranger;
    /** By id, the day of the newest use, in days since 1970. */
    private final Map<String, Long> used = new ConcurrentHashMap<>();

    private volatile Map<String, KnownKey> keys = Map.of();

    KnownKeys(KeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        KeyText nobodys = KeyText.random(new SecureRandom());
        ApiKey key = new ApiKey(nobodys.id(), "", Set.of(), null, Instant.EPOCH, "", null, null, null);
        stranger = KnownKey.of(key, List.of(new SecretHash(SecretHash.sha256(nobodys.secret()), null)));
    }

    /** Takes over what the database holds, and notes there which keys were used; one at a time, so that an older reading never wins. */
    synchronized void reread() {
        Map<String, KnownKey> read = store.all();
        keys = read;
        used.forEach((id, day) -> note(read.get(id), LocalDate.ofEpochDay(day)));
    }

    private void note(@Nullable KnownKey known, LocalDate day) {
        if (known != null && !Objects.equals(known.key().lastUsedOn(), day)) {
            store.used(known.key().id(), day);
        }
    }

    /** Judges what a caller sent as key; null for nothing. */
    Verdict judge(@Nullable String presented) {
        if (presented == null) {
            return Verdict.MISSING;
        }
        KeyText text = KeyText.read(presented);
        if (text == null) {
            return Verdict.MALFORMED;
        }
        Instant now = clock.instant();
        KnownKey known = keys.get(text.id());
        boolean accepted = (known == null ? stranger : known).accepts(SecretHash.sha256(text.secret()), now);
        if (known == null || !accepted) {
            return Verdict.UNKNOWN;
        }
        Verdict verdict = Verdict.ofHolder(known, now);
        if (verdict.key() != null) {
            use(text.id(), now.getEpochSecond() / DAY);
        }
        return verdict;
    }

    private void use(String id, long day) {
        Long before = used.get(id);
        if (before == null || before != day) {
            used.put(id, day);
        }
    }
}
