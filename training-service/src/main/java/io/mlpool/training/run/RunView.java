package io.mlpool.training.run;

import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.pipeline.RunRow;
import java.net.URI;
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
 * @param cancelRequested whether it ends after the epoch that it is in
 * @param request what was asked for
 * @param snapshot the candles that it learns from; absent until they are read
 * @param progress the last thing that happened; absent until it runs
 * @param evaluation numbers on the held-out slice; absent until they are there
 * @param decision what the gate said; absent until it did
 * @param version in the registry; absent until it is registered
 * @param study that it belongs to; absent for a run of its own
 * @param trial of the study, counted from 0; absent for a run that is none
 * @param score how good the trial was; absent until it is over
 * @param error what went wrong, when it failed
 * @param trackingUrl its page in MLflow; absent when it is not there
 */
public record RunView(
        String id,
        String model,
        String algorithm,
        Cause cause,
        RunState state,
        boolean cancelRequested,
        JsonNode request,
        @Nullable JsonNode snapshot,
        @Nullable JsonNode progress,
        @Nullable JsonNode evaluation,
        @Nullable JsonNode decision,
        @Nullable Integer version,
        @Nullable String study,
        @Nullable Integer trial,
        @Nullable JsonNode score,
        @Nullable String error,
        @Nullable URI trackingUrl,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    static RunView of(ResultSet row) throws SQLException {
        return new RunView(
                row.getString("id"),
                row.getString("model"),
                row.getString("algorithm"),
                Cause.of(row.getString("cause")),
                RunState.of(row.getString("state")),
                row.getBoolean("cancel_requested"),
                RunJson.MAPPER.readTree(row.getString("request")),
                RunRow.json(row, "snapshot"),
                RunRow.json(row, "progress"),
                RunRow.json(row, "evaluation"),
                RunRow.json(row, "decision"),
                row.getObject("version", Integer.class),
                row.getString("study"),
                row.getObject("trial", Integer.class),
                RunRow.json(row, "score"),
                row.getString("error"),
                uri(row, "tracking_url"),
                row.getTimestamp("created_at").toInstant(),
                RunRow.instant(row, "started_at"),
                RunRow.instant(row, "finished_at"));
    }

    private static @Nullable URI uri(ResultSet row, String column) throws SQLException {
        String uri = row.getString(column);
        return uri == null ? null : URI.create(uri);
    }
}
