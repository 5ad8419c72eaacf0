package io.mlpool.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The keys in PostgreSQL. */
final class KeyStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    KeyStore(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** By id, the oldest first. */
    Map<String, KnownKey> all() {
        List<ApiKey> keys = jdbc.sql("SELECT * FROM api_key ORDER BY created_at, id")
                .query((row, n) -> key(row))
                .list();
        Map<String, List<SecretHash>> secrets = secrets();
        Map<String, KnownKey> known = new LinkedHashMap<>();
        keys.forEach(key -> known.put(key.id(), KnownKey.of(key, secrets.getOrDefault(key.id(), List.of()))));
        return known;
    }

    /** The key that has this name and is not revoked. */
    Optional<ApiKey> named(String name) {
        return jdbc.sql("SELECT * FROM api_key WHERE name = :name AND revoked_at IS NULL")
                .param("name", name)
                .query((row, n) -> key(row))
                .optional();
    }

    private Map<String, List<SecretHash>> secrets() {
        Map<String, List<SecretHash>> secrets = new HashMap<>();
        jdbc.sql("SELECT key_id, sha256, valid_until FROM api_key_secret").query(row -> {
            secrets.computeIfAbsent(row.getString("key_id"), id -> new ArrayList<>())
                    .add(new SecretHash(row.getBytes("sha256"), instant(row, "valid_until")));
        });
        return secrets;
    }

    /** @throws org.springframework.dao.DuplicateKeyException when a key that is not revoked has the name */
    void add(ApiKey key, byte[] sha256) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    INSERT INTO api_key (id, name, scopes, rate_limit_per_minute, created_at, created_by, expires_at)
                    VALUES (:id, :name, :scopes, :limit, :created, :by, :expires)
                    """)
                    .param("id", key.id())
                    .param("name", key.name())
                    .param("scopes", labels(key.scopes()))
                    .param("limit", key.rateLimitPerMinute())
                    .param("created", utc(key.createdAt()))
                    .param("by", key.createdBy())
                    .param("expires", utc(key.expiresAt()))
                    .update();
            addSecret(key.id(), sha256);
        });
    }

    /**
     * Sees to it that this key is there with this newest secret and these scopes, in place of another that has its name. One that is revoked stays
     * so. Gives the key as it is then.
     */
    ApiKey give(ApiKey wanted, byte[] sha256, Instant now) {
        transaction.executeWithoutResult(status -> {
            // Replicas start at the same time.
            jdbc.sql("LOCK TABLE api_key IN SHARE ROW EXCLUSIVE MODE").update();
            @Nullable KnownKey there = all().get(wanted.id());
            if (there == null) {
                jdbc.sql("UPDATE api_key SET revoked_at = :now WHERE name = :name AND revoked_at IS NULL")
                        .param("now", utc(now))
                        .param("name", wanted.name())
                        .update();
                add(wanted, sha256);
            } else if (there.key().revokedAt() == null) {
                renew(wanted, there, sha256, now);
            }
        });
        return Objects.requireNonNull(all().get(wanted.id())).key();
    }

    private void renew(ApiKey wanted, KnownKey there, byte[] sha256, Instant now) {
        jdbc.sql("UPDATE api_key SET scopes = :scopes WHERE id = :id")
                .param("id", wanted.id())
                .param("scopes", labels(wanted.scopes()))
                .update();
        if (!there.accepts(sha256, now)) {
            rotate(wanted.id(), sha256, now, now);
        }
    }

    /** Makes this the newest secret; those before it end then, or at once when that is not later than now. */
    void rotate(String id, byte[] sha256, Instant now, Instant end) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("SELECT id FROM api_key WHERE id = :id FOR UPDATE")
                    .param("id", id)
                    .query(String.class)
                    .single();
            jdbc.sql("UPDATE api_key_secret SET valid_until = LEAST(valid_until, :end) WHERE key_id = :id")
                    .param("id", id)
                    .param("end", utc(end))
                    .update();
            jdbc.sql("DELETE FROM api_key_secret WHERE key_id = :id AND valid_until <= :now")
                    .param("id", id)
                    .param("now", utc(now))
                    .update();
            addSecret(id, sha256);
        });
    }

    private void addSecret(String id, byte[] sha256) {
        jdbc.sql("INSERT INTO api_key_secret (key_id, sha256) VALUES (:id, :sha256)")
                .param("id", id)
                .param("sha256", sha256)
                .update();
    }

    /**
     * Revokes it, if others can administer without it or it is forced; a revoked key stays as it is.
     *
     * @return whether it is revoked now
     */
    boolean revoke(String id, Instant now, boolean forced) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            List<String> admins = lockActiveAdmins(now);
            if (!forced && admins.equals(List.of(id))) {
                return false;
            }
            jdbc.sql("UPDATE api_key SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
                    .param("id", id)
                    .param("now", utc(now))
                    .update();
            return true;
        }));
    }

    /** Locked, so that of two who revoke the last two at the same time the second is told. */
    private List<String> lockActiveAdmins(Instant now) {
        return jdbc.sql("""
                SELECT id FROM api_key
                WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now) AND 'admin' = ANY (scopes)
                ORDER BY id FOR UPDATE
                """).param("now", utc(now)).query(String.class).list();
    }

    void used(String id, LocalDate day) {
        jdbc.sql("UPDATE api_key SET last_used_on = GREATEST(last_used_on, :day) WHERE id = :id")
                .param("id", id)
                .param("day", day)
                .update();
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getString("id"),
                row.getString("name"),
                scopes((String[]) row.getArray("scopes").getArray()),
                row.getObject("rate_limit_per_minute", Integer.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                row.getObject("last_used_on", LocalDate.class));
    }

    private static String[] labels(Set<Scope> scopes) {
        return scopes.stream().map(Scope::label).sorted().toArray(String[]::new);
    }

    private static Set<Scope> scopes(String[] labels) {
        return Stream.of(labels).map(Scope::of).collect(Collectors.toUnmodifiableSet());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
