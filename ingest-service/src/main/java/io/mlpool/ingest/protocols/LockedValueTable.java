package io.mlpool.ingest.protocols;

import io.mlpool.protocols.LockedValue;
import java.util.Collection;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what was locked: a new row for a figure that is new or changed, none for one that is known just so. */
final class LockedValueTable {

    private final JdbcClient jdbc;

    LockedValueTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes values of protocols that have a number, one for each protocol, chain and day. */
    Written write(String source, Collection<LockedValue> values, Dating dating) {
        if (values.isEmpty()) {
            return Written.NOTHING;
        }
        return jdbc.sql("""
                WITH told AS (
                  SELECT p.id, t.chain, t.day, t.usd
                  FROM unnest(:slugs::text[], :chains::text[], :days::text[]::date[], :usd::float8[]) AS t (slug, chain, day, usd)
                  JOIN protocol p ON p.slug = t.slug),
                compared AS (
                  SELECT told.*, before.usd AS before, before.usd IS NOT NULL AS held
                  FROM told LEFT JOIN LATERAL (
                    SELECT usd FROM locked_value v
                    WHERE v.source = :source AND v.protocol_id = told.id AND v.chain = told.chain AND v.day = told.day
                      AND v.recorded_at <= :fetched
                    ORDER BY known_at DESC LIMIT 1) before ON true),
                written AS (
                  INSERT INTO locked_value (source, protocol_id, chain, day, usd, recorded_at, known_at, assumed)
                  SELECT :source, id, chain, day, usd, CAST(:fetched AS timestamptz), %s
                  FROM compared WHERE before IS DISTINCT FROM usd
                  ON CONFLICT DO NOTHING RETURNING protocol_id AS id, chain, day, true AS new)
                SELECT count(*) FILTER (WHERE new AND NOT held) AS added, count(*) FILTER (WHERE new AND held) AS replaced,
                  count(*) FILTER (WHERE new IS NULL) AS unchanged
                FROM compared LEFT JOIN written USING (id, chain, day)
                """.formatted(Dating.COLUMNS))
                .params(dating.params(Dating.VALUE_DELAY))
                .param("source", source)
                .param("slugs", values.stream().map(LockedValue::protocol).toArray(String[]::new))
                .param(
                        "chains",
                        values.stream()
                                .map(value -> Objects.requireNonNullElse(value.chain(), ""))
                                .toArray(String[]::new))
                .param(
                        "days",
                        values.stream().map(value -> value.day().toString()).toArray(String[]::new))
                .param(
                        "usd",
                        values.stream().mapToDouble(LockedValue::usd).boxed().toArray(Double[]::new))
                .query((row, n) -> Written.of(row))
                .single();
    }
}
