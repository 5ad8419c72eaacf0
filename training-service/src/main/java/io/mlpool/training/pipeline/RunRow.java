package io.mlpool.training.pipeline;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Columns of a stored run that may be empty. */
public final class RunRow {

    private RunRow() {}

    /** JSON as {@link RunJson} wrote it; null in an empty column. */
    public static @Nullable JsonNode json(ResultSet row, String column) throws SQLException {
        String json = row.getString(column);
        return json == null ? null : RunJson.MAPPER.readTree(json);
    }

    /** A time; null in an empty column. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
