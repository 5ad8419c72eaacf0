package io.mlpool.serving.jobs;

import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Reads jobs for those who ask about them. */
final class JobHistory {

    private static final String LIST = "batch-jobs";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    JobHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<JobView> find(UUID id) {
        return jdbc.sql(select("WHERE id = :id"))
                .param("id", id)
                .query((row, n) -> view(row))
                .optional();
    }

    /** Newest first, behind the cursor. */
    Page<JobView> page(@Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 2, cursorText);
        JdbcClient.StatementSpec query = cursor == null
                ? jdbc.sql(select("ORDER BY created_at DESC, id DESC LIMIT :limit"))
                : jdbc.sql(
                                select(
                                        "WHERE (created_at, id) < (:created, :id) ORDER BY created_at DESC, id DESC LIMIT :limit"))
                        .param("created", cursor.time(0).atOffset(ZoneOffset.UTC))
                        .param("id", cursor.uuid(1));
        List<JobView> found =
                query.param("limit", limit + 1).query((row, n) -> view(row)).list();
        return Page.of(found, limit, job -> Cursor.after(LIST, job.createdAt(), job.id()));
    }

    private static String select(String which) {
        return """
                SELECT id, name, state, interval, horizons, cardinality(assets) AS assets, total, done, failed, error,
                       created_at, started_at, finished_at,
                       (SELECT coalesce(json_agg(m), '[]') FROM (
                          SELECT model AS name, version, sum(items) AS items FROM batch_job_chunk WHERE job_id = j.id
                          GROUP BY model, version ORDER BY min(number)) m) AS models
                FROM batch_job j
                """ + which;
    }

    private static JobView view(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        JobState state = JobState.of(row.getString("state"));
        return new JobView(
                id,
                row.getString("name"),
                state,
                row.getString("interval"),
                texts(row.getArray("horizons")),
                row.getInt("assets"),
                new JobView.Progress(row.getInt("total"), row.getInt("done"), row.getInt("failed")),
                List.of(JSON.readValue(row.getString("models"), JobView.Answered[].class)),
                row.getString("error"),
                Objects.requireNonNull(time(row, "created_at")),
                time(row, "started_at"),
                time(row, "finished_at"),
                state == JobState.SUCCEEDED ? JobView.result(id) : null);
    }

    private static List<String> texts(Array array) throws SQLException {
        return Stream.of((String[]) array.getArray()).toList();
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
