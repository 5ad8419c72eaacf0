package io.mlpool.protocols;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads from PostgreSQL what was known of protocols at a time: each fact in its newest version with {@code known_at <= asOf}
 * (inclusive). Days are UTC, {@code from} inclusive, {@code to} exclusive.
 */
public final class ProtocolStore {

    private static final int FETCH_SIZE = 10_000;

    /** Slugs by what lists of incidents call a protocol. */
    private static final String NAMES = """
            WITH named AS MATERIALIZED (
              SELECT DISTINCT ON (f.protocol_id) p.slug, f.defillama_id, lower(f.fact ->> 'name') AS name
              FROM protocol_fact f JOIN protocol p ON p.id = f.protocol_id
              ORDER BY f.protocol_id, f.known_at DESC),
            by_name AS (SELECT name, min(slug) AS slug FROM named GROUP BY name HAVING count(*) = 1),
            by_id AS (SELECT defillama_id, min(slug) AS slug FROM named GROUP BY defillama_id)
            """;

    private static final String JOINS = """
            LEFT JOIN by_id ON by_id.defillama_id = f.fact ->> 'protocol_id'
            LEFT JOIN by_id by_parent ON by_parent.defillama_id = f.fact ->> 'parent_id'
            LEFT JOIN by_name ON by_name.name = lower(i.name)
            """;

    private final JdbcClient jdbc;

    public ProtocolStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Some of the protocols, in the order of their slugs' characters.
     *
     * @param after slug that comes before them, empty for the first ones
     * @param limit how many at most
     */
    public List<Known<Protocol>> protocols(Instant asOf, String after, int limit) {
        return jdbc.sql("""
                SELECT f.* FROM protocol p
                CROSS JOIN LATERAL (
                  SELECT * FROM protocol_fact WHERE protocol_id = p.id AND known_at <= :asOf
                  ORDER BY known_at DESC LIMIT 1) f
                WHERE p.slug COLLATE "C" > :after ORDER BY p.slug COLLATE "C" LIMIT :limit
                """)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> known(row, FactJson.read(row.getString("fact"), Protocol.class)))
                .list();
    }

    /** One of them; empty when nothing was known of it. */
    public Optional<Known<Protocol>> protocol(String slug, Instant asOf) {
        return jdbc.sql("""
                SELECT f.* FROM protocol p JOIN protocol_fact f ON f.protocol_id = p.id
                WHERE p.slug = :slug AND f.known_at <= :asOf ORDER BY f.known_at DESC LIMIT 1
                """)
                .param("slug", slug)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .query((row, n) -> known(row, FactJson.read(row.getString("fact"), Protocol.class)))
                .optional();
    }

    /**
     * What was locked in one protocol, in all chains together and in each, by day and chain, oldest first.
     *
     * @param source who says so, {@code defillama} or {@code defipulse}
     */
    public List<Known<LockedValue>> lockedValues(
            String source, String slug, LocalDate from, LocalDate to, Instant asOf) {
        return jdbc.sql("""
                SELECT DISTINCT ON (v.chain, v.day) p.slug, v.*
                FROM protocol p JOIN locked_value v ON v.protocol_id = p.id
                WHERE v.source = :source AND p.slug = :slug AND v.day >= :from AND v.day < :to AND v.known_at <= :asOf
                ORDER BY v.chain, v.day, v.known_at DESC
                """)
                .param("source", source)
                .param("slug", slug)
                .param("from", from)
                .param("to", to)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .query((row, n) -> lockedValue(row))
                .list();
    }

    /** What was locked in all chains together, for every protocol that has a figure, oldest first; see {@link #lockedValues}. */
    public Map<String, List<Known<LockedValue>>> totals(String source, LocalDate from, LocalDate to, Instant asOf) {
        Map<String, List<Known<LockedValue>>> totals = new HashMap<>();
        jdbc.sql("""
                SELECT p.slug, '' AS chain, v.* FROM (
                  SELECT DISTINCT ON (day, protocol_id) day, protocol_id, known_at, usd, assumed, recorded_at
                  FROM locked_value
                  WHERE source = :source AND chain = '' AND day >= :from AND day < :to AND known_at <= :asOf
                  ORDER BY day, protocol_id, known_at DESC) v
                JOIN protocol p ON p.id = v.protocol_id ORDER BY v.day
                """)
                .withFetchSize(FETCH_SIZE)
                .param("source", source)
                .param("from", from)
                .param("to", to)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .query((ResultSet row) -> {
                    totals.computeIfAbsent(row.getString("slug"), slug -> new ArrayList<>())
                            .add(lockedValue(row));
                });
        return totals;
    }

    /**
     * Incidents, the newest first. Which protocol one belongs to is told as it is known today: a name does not tell the future.
     *
     * @param before number of the incident that comes after them; null for the newest ones
     * @param limit how many at most
     */
    public List<Numbered> incidents(Instant asOf, @Nullable Integer before, int limit) {
        return jdbc.sql(NAMES + """
                SELECT i.id, f.*, COALESCE(by_id.slug, by_parent.slug, by_name.slug) AS slug
                FROM incident i
                CROSS JOIN LATERAL (
                  SELECT * FROM incident_fact WHERE incident_id = i.id AND known_at <= :asOf
                  ORDER BY known_at DESC LIMIT 1) f
                """ + JOINS + """
                WHERE :before::integer IS NULL OR (i.day, i.id) < (SELECT day, id FROM incident WHERE id = :before)
                ORDER BY i.day DESC, i.id DESC LIMIT :limit
                """)
                .param("asOf", asOf.atOffset(ZoneOffset.UTC))
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> new Numbered(row.getInt("id"), known(row, incident(row))))
                .list();
    }

    /**
     * Every incident in the version in which it became known first, the oldest first. Which protocol one belongs to is told as it is
     * known today.
     *
     * @param until what became known later is left out
     */
    public List<Known<Incident>> firstNotices(Instant until) {
        return jdbc.sql(NAMES + """
                SELECT f.*, COALESCE(by_id.slug, by_parent.slug, by_name.slug) AS slug
                FROM incident i
                CROSS JOIN LATERAL (
                  SELECT * FROM incident_fact WHERE incident_id = i.id AND known_at <= :until
                  ORDER BY known_at LIMIT 1) f
                """ + JOINS + " ORDER BY i.day, i.id")
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query((row, n) -> known(row, incident(row)))
                .list();
    }

    /** Every version of every protocol's facts that was known, by slug and time. */
    public List<Known<Protocol>> versions(Instant until) {
        return jdbc.sql("""
                SELECT f.* FROM protocol p JOIN protocol_fact f ON f.protocol_id = p.id
                WHERE f.known_at <= :until ORDER BY p.slug COLLATE "C", f.known_at
                """)
                .withFetchSize(FETCH_SIZE)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query((row, n) -> known(row, FactJson.read(row.getString("fact"), Protocol.class)))
                .list();
    }

    /**
     * Every version that was known of what was locked in some protocols, in all chains together and in each.
     *
     * @param each takes the source and the value
     */
    public void lockedVersions(
            Collection<String> slugs, LocalDate from, Instant until, BiConsumer<String, Known<LockedValue>> each) {
        jdbc.sql("""
                SELECT p.slug, v.* FROM protocol p JOIN locked_value v ON v.protocol_id = p.id
                WHERE p.slug = ANY(:slugs) AND v.day >= :from AND v.known_at <= :until
                """)
                .withFetchSize(FETCH_SIZE)
                .param("slugs", slugs.toArray(String[]::new))
                .param("from", from)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query((ResultSet row) -> each.accept(row.getString("source"), lockedValue(row)));
    }

    /**
     * An incident with its number in the pool.
     *
     * @param number stays the same for all versions of it
     */
    public record Numbered(int number, Known<Incident> incident) {}

    private static Incident incident(ResultSet row) throws SQLException {
        return FactJson.read(row.getString("fact"), Incident.class).of(row.getString("slug"));
    }

    private static Known<LockedValue> lockedValue(ResultSet row) throws SQLException {
        String chain = row.getString("chain");
        return known(
                row,
                new LockedValue(
                        row.getString("slug"),
                        row.getObject("day", LocalDate.class),
                        chain.isEmpty() ? null : chain,
                        row.getDouble("usd")));
    }

    private static <T> Known<T> known(ResultSet row, T fact) throws SQLException {
        return new Known<>(
                fact,
                row.getTimestamp("known_at").toInstant(),
                row.getBoolean("assumed"),
                row.getTimestamp("recorded_at").toInstant());
    }
}
