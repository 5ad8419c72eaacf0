package io.mlpool.training.risk.run;

import io.mlpool.training.pipeline.RunRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run as it is shown.
 *
 * @param cause {@code request} or {@code schedule}
 * @param state {@code queued}, {@code running}, {@code succeeded}, {@code skipped} where there was too little to learn from, {@code failed}
 * @param evaluation figures on rows that came later than all it was made of; absent until they are there
 * @param decision what the gate said; absent until it did
 * @param version in the registry; absent until it is registered
 * @param error why it was skipped or failed
 */
record RiskRunView(
        String id,
        String model,
        String cause,
        String state,
        long seed,
        @Nullable JsonNode evaluation,
        @Nullable JsonNode decision,
        @Nullable Integer version,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    static RiskRunView of(ResultSet row) throws SQLException {
        return new RiskRunView(
                row.getString("id"),
                row.getString("model"),
                row.getString("cause"),
                row.getString("state"),
                row.getLong("seed"),
                RunRow.json(row, "evaluation"),
                RunRow.json(row, "decision"),
                row.getObject("version", Integer.class),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                RunRow.instant(row, "started_at"),
                RunRow.instant(row, "finished_at"));
    }
}
