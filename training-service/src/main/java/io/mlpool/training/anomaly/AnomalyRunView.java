package io.mlpool.training.anomaly;

import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.pipeline.RunRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run as it is shown.
 *
 * @param id names it
 * @param model registered name that it makes a version of
 * @param cause {@code request} or {@code new_candles}
 * @param state {@code queued}, {@code running}, {@code succeeded} or {@code failed}
 * @param request what was asked for
 * @param snapshot the candles that it learns from; absent until they are read
 * @param evaluation numbers on the held-out candles; absent until they are there
 * @param decision what the gate said; absent until it did
 * @param version in the registry; absent until it is registered
 * @param error what went wrong, when it failed
 */
record AnomalyRunView(
        String id,
        String model,
        String cause,
        String state,
        JsonNode request,
        @Nullable JsonNode snapshot,
        @Nullable JsonNode evaluation,
        @Nullable JsonNode decision,
        @Nullable Integer version,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    static AnomalyRunView of(ResultSet row) throws SQLException {
        return new AnomalyRunView(
                row.getString("id"),
                row.getString("model"),
                row.getString("cause"),
                row.getString("state"),
                RunJson.MAPPER.readTree(row.getString("request")),
                RunRow.json(row, "snapshot"),
                RunRow.json(row, "evaluation"),
                RunRow.json(row, "decision"),
                row.getObject("version", Integer.class),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                RunRow.instant(row, "started_at"),
                RunRow.instant(row, "finished_at"));
    }
}
