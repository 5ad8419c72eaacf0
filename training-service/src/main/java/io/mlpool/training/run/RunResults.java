package io.mlpool.training.run;

import io.mlpool.training.pipeline.RunJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Snapshots and decisions of all runs. */
final class RunResults {

    private static final int MOST = 1000;

    private final JdbcClient jdbc;

    RunResults(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A snapshot and the runs that used it.
     *
     * @param version SHA-256 of the candles
     * @param runs newest first
     */
    record UsedDataset(String version, JsonNode snapshot, List<String> runs) {}

    /**
     * A decision of the gate.
     *
     * @param version that it is about
     */
    record Decided(String runId, String model, int version, Instant decidedAt, JsonNode decision) {}

    List<UsedDataset> datasets() {
        return jdbc.sql("""
                SELECT snapshot ->> 'version' AS version,
                       (array_agg(snapshot ORDER BY created_at DESC))[1] AS snapshot,
                       array_agg(id ORDER BY created_at DESC) AS runs
                FROM training_run WHERE snapshot IS NOT NULL
                GROUP BY 1 ORDER BY max(created_at) DESC LIMIT :most
                """)
                .param("most", MOST)
                .query((row, n) -> new UsedDataset(
                        row.getString("version"), RunJson.MAPPER.readTree(row.getString("snapshot")), List.of((String[])
                                row.getArray("runs").getArray())))
                .list();
    }

    List<Decided> decisions(Optional<String> model) {
        return jdbc.sql("""
                SELECT r.id, r.model, r.version, e.at, r.decision
                FROM training_run r
                JOIN LATERAL (SELECT max(at) AS at FROM training_event WHERE run_id = r.id AND kind = 'decision') e ON true
                WHERE r.decision IS NOT NULL AND (:model::text IS NULL OR r.model = :model)
                ORDER BY e.at DESC LIMIT :most
                """)
                .param("model", model.orElse(null))
                .param("most", MOST)
                .query((row, n) -> new Decided(
                        row.getString("id"),
                        row.getString("model"),
                        row.getInt("version"),
                        row.getTimestamp("at").toInstant(),
                        RunJson.MAPPER.readTree(row.getString("decision"))))
                .list();
    }
}
