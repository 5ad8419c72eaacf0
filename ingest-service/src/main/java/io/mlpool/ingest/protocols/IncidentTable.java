package io.mlpool.ingest.protocols;

import io.mlpool.protocols.FactJson;
import io.mlpool.protocols.Incident;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes incidents: a new row for one that is new or told otherwise, none for one that is known just so. */
final class IncidentTable {

    /** So that two events of a name on a day keep their numbers however the list is sorted. */
    private static final Comparator<Incident> LARGEST_FIRST = Comparator.comparingDouble(
                    (Incident incident) -> incident.usd() == null ? 0 : incident.usd())
            .reversed()
            .thenComparing(incident -> String.valueOf(incident.technique()))
            .thenComparing(incident -> String.valueOf(incident.link()));

    private final JdbcClient jdbc;

    IncidentTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Written write(Collection<Incident> incidents, Dating dating) {
        if (incidents.isEmpty()) {
            return Written.NOTHING;
        }
        List<Incident> sorted = incidents.stream().sorted(LARGEST_FIRST).toList();
        return jdbc.sql("""
                WITH told AS (
                  SELECT list, day, name, number, fact::jsonb
                  FROM unnest(:lists::text[], :days::text[]::date[], :names::text[], :numbers::integer[], :facts::text[])
                    AS t (list, day, name, number, fact)),
                fresh AS (
                  INSERT INTO incident (list, day, name, number)
                  SELECT list, day, name, number FROM told
                  WHERE NOT EXISTS (
                    SELECT FROM incident i WHERE (i.list, i.day, i.name, i.number) = (told.list, told.day, told.name, told.number))
                  ORDER BY day, name, number
                  ON CONFLICT DO NOTHING RETURNING id, list, day, name, number),
                numbered AS (
                  SELECT a.id, a.day, told.fact FROM told
                  JOIN (SELECT id, list, day, name, number FROM incident UNION ALL SELECT * FROM fresh) a
                  USING (list, day, name, number)),
                compared AS (
                  SELECT n.*, before.fact AS before, before.fact IS NOT NULL AS held FROM numbered n LEFT JOIN LATERAL (
                    SELECT fact FROM incident_fact f WHERE f.incident_id = n.id AND f.recorded_at <= :fetched
                    ORDER BY known_at DESC LIMIT 1) before ON true),
                written AS (
                  INSERT INTO incident_fact (incident_id, fact, recorded_at, known_at, assumed)
                  SELECT id, fact, CAST(:fetched AS timestamptz), %s FROM compared WHERE before IS DISTINCT FROM fact
                  ON CONFLICT DO NOTHING RETURNING incident_id AS id, true AS new)
                SELECT count(*) FILTER (WHERE new AND NOT held) AS added, count(*) FILTER (WHERE new AND held) AS replaced,
                  count(*) FILTER (WHERE new IS NULL) AS unchanged
                FROM compared LEFT JOIN written USING (id)
                """.formatted(Dating.COLUMNS))
                .params(dating.params(Dating.INCIDENT_DELAY))
                .param("lists", sorted.stream().map(Incident::list).toArray(String[]::new))
                .param("days", sorted.stream().map(one -> one.day().toString()).toArray(String[]::new))
                .param("names", sorted.stream().map(Incident::name).toArray(String[]::new))
                .param("numbers", numbers(sorted))
                .param("facts", sorted.stream().map(FactJson::write).toArray(String[]::new))
                .query((row, n) -> Written.of(row))
                .single();
    }

    private static Integer[] numbers(List<Incident> sorted) {
        Map<List<Object>, Integer> seen = new HashMap<>();
        List<Integer> numbers = new ArrayList<>();
        for (Incident incident : sorted) {
            numbers.add(seen.merge(List.of(incident.list(), incident.day(), incident.name()), 1, Integer::sum));
        }
        return numbers.toArray(Integer[]::new);
    }
}
