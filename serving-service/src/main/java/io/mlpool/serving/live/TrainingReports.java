package io.mlpool.serving.live;

import io.mlpool.registry.ModelVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what training wrote down about the runs that versions come from. */
final class TrainingReports {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    TrainingReports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    VersionReport of(ModelVersion version) {
        return jdbc.sql("SELECT decision, evaluation, snapshot FROM training_run WHERE id = :run")
                .param("run", version.runId())
                .query((row, n) ->
                        report(version, json(row, "decision"), json(row, "evaluation"), json(row, "snapshot")))
                .optional()
                .orElseGet(() -> report(version, null, null, null));
    }

    private static VersionReport report(
            ModelVersion version,
            @Nullable JsonNode decision,
            @Nullable JsonNode evaluation,
            @Nullable JsonNode dataset) {
        return new VersionReport(
                version.model(), version.version(), version.runId(), decision, evaluation, dataset, version.tags());
    }

    private static @Nullable JsonNode json(ResultSet row, String column) throws SQLException {
        String json = row.getString(column);
        return json == null ? null : JSON.readTree(json);
    }
}
