package io.mlpool.ingest.protocols;

import io.mlpool.protocols.FactJson;
import io.mlpool.protocols.Protocol;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes protocols: a new row for what changed, none for what did not. */
final class ProtocolTable {

    private static final String LISTED = """
            SELECT p.id, p.slug, f.fact FROM protocol p CROSS JOIN LATERAL (
              SELECT fact FROM protocol_fact WHERE protocol_id = p.id AND recorded_at <= :fetched
              ORDER BY known_at DESC LIMIT 1) f
            WHERE fact ->> 'listed' = 'true' AND fact ->> 'id' NOT LIKE 'parent#%'
            """;

    private final JdbcClient jdbc;

    ProtocolTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Gives every slug its number. */
    void name(Collection<String> slugs) {
        jdbc.sql("""
                INSERT INTO protocol (slug) SELECT DISTINCT slug FROM unnest(:slugs::text[]) AS told (slug)
                WHERE NOT EXISTS (SELECT FROM protocol WHERE protocol.slug = told.slug)
                ON CONFLICT (slug) DO NOTHING
                """).param("slugs", slugs.toArray(String[]::new)).update();
    }

    /** Writes what is known since {@code fetchedAt}. */
    Written write(Collection<Protocol> protocols, Instant fetchedAt) {
        if (protocols.isEmpty()) {
            return Written.NOTHING;
        }
        name(protocols.stream().map(Protocol::slug).toList());
        return jdbc.sql("""
                WITH told AS (
                  SELECT p.id, t.fact::jsonb AS fact FROM unnest(:slugs::text[], :facts::text[]) AS t (slug, fact)
                  JOIN protocol p ON p.slug = t.slug),
                compared AS (
                  SELECT told.id, told.fact, held.fact AS held FROM told LEFT JOIN LATERAL (
                    SELECT fact FROM protocol_fact WHERE protocol_id = told.id AND recorded_at <= :fetched
                    ORDER BY known_at DESC LIMIT 1) held ON true),
                written AS (
                  INSERT INTO protocol_fact (protocol_id, known_at, assumed, recorded_at, fact)
                  SELECT id, :fetched, false, :fetched, fact FROM compared WHERE held IS DISTINCT FROM fact
                  ON CONFLICT DO NOTHING RETURNING protocol_id)
                SELECT count(protocol_id) FILTER (WHERE held IS NULL) AS added,
                  count(protocol_id) FILTER (WHERE held IS NOT NULL) AS replaced,
                  count(*) FILTER (WHERE protocol_id IS NULL) AS unchanged
                FROM compared LEFT JOIN written ON protocol_id = id
                """)
                .param("slugs", protocols.stream().map(Protocol::slug).toArray(String[]::new))
                .param("facts", protocols.stream().map(FactJson::write).toArray(String[]::new))
                .param("fetched", fetchedAt.atOffset(ZoneOffset.UTC))
                .query((row, n) -> Written.of(row))
                .single();
    }

    /** How many are listed as known at {@code fetchedAt}, parents and those of files apart. */
    long listed(Instant fetchedAt) {
        return jdbc.sql("SELECT count(*) FROM (" + LISTED + ") listed")
                .param("fetched", fetchedAt.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    /** Marks those as gone that were listed and are not among the slugs; answers how many. */
    long withdraw(Collection<String> slugs, Instant fetchedAt) {
        return jdbc.sql("""
                INSERT INTO protocol_fact (protocol_id, known_at, assumed, recorded_at, fact)
                SELECT listed.id, :fetched, false, :fetched, jsonb_set(fact, '{listed}', 'false') FROM (
                """ + LISTED + ") listed WHERE NOT slug = ANY(:slugs) ON CONFLICT DO NOTHING")
                .param("slugs", slugs.toArray(String[]::new))
                .param("fetched", fetchedAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Writes what a file says of a protocol with a number of which nothing else is known: no more than that it was there. */
    void introduce(Protocol protocol, Instant knownAt, Instant fetchedAt) {
        jdbc.sql("""
                INSERT INTO protocol_fact (protocol_id, known_at, assumed, recorded_at, fact)
                SELECT id, :known, true, :fetched, :fact::jsonb FROM protocol p
                WHERE slug = :slug AND NOT EXISTS (SELECT FROM protocol_fact WHERE protocol_id = p.id)
                """)
                .param("known", knownAt.atOffset(ZoneOffset.UTC))
                .param("fetched", fetchedAt.atOffset(ZoneOffset.UTC))
                .param("fact", FactJson.write(protocol))
                .param("slug", protocol.slug())
                .update();
    }
}
