package io.mlpool.training.backtest;

import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.pipeline.RunRow;
import io.mlpool.training.run.RunState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A backtest as it is shown.
 *
 * @param model registered name of what would be a version of it; nothing is registered
 * @param cancelRequested whether it ends after the epoch that it is in
 * @param request what was asked for, with what was not said filled in
 * @param progress the last thing that happened; absent until it runs
 * @param result how good the forecasts were; absent until it has succeeded, and in lists
 * @param error what went wrong, when it failed
 */
record BacktestView(
        String id,
        String model,
        RunState state,
        boolean cancelRequested,
        JsonNode request,
        @Nullable JsonNode progress,
        @Nullable JsonNode result,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    static BacktestView of(ResultSet row) throws SQLException {
        return new BacktestView(
                row.getString("id"),
                row.getString("model"),
                RunState.of(row.getString("state")),
                row.getBoolean("cancel_requested"),
                RunJson.MAPPER.readTree(row.getString("request")),
                RunRow.json(row, "progress"),
                RunRow.json(row, "result"),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                RunRow.instant(row, "started_at"),
                RunRow.instant(row, "finished_at"));
    }
}
