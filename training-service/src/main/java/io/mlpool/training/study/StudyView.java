package io.mlpool.training.study;

import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.pipeline.RunRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A study as it is shown.
 *
 * @param state {@code running} while there are trials to wait for, {@code judging} while the best one's way is trained in full and
 *     goes through the gate, then {@code succeeded}, {@code failed} or {@code cancelled}
 * @param request what was asked for
 * @param trials how many there are, those of later folds included
 * @param finished how many of them are over
 * @param bestTrial counted from 0; absent until all are over, and where none succeeded
 * @param bestRun the run that trains its way in full: its decision is the study's; absent until there is one
 * @param closedAt when the last trial was over
 */
public record StudyView(
        String id,
        String model,
        ExecutedBy executedBy,
        String state,
        JsonNode request,
        int trials,
        int finished,
        @Nullable Integer bestTrial,
        @Nullable String bestRun,
        Instant createdAt,
        @Nullable Instant closedAt) {

    static StudyView of(ResultSet row) throws SQLException {
        return new StudyView(
                row.getString("id"),
                row.getString("model"),
                ExecutedBy.of(row.getString("executed_by")),
                row.getString("state"),
                RunJson.MAPPER.readTree(row.getString("request")),
                row.getInt("trials"),
                row.getInt("finished"),
                row.getObject("best_trial", Integer.class),
                row.getString("best_run"),
                row.getTimestamp("created_at").toInstant(),
                RunRow.instant(row, "closed_at"));
    }
}
