package io.mlpool.serving.jobs;

import io.mlpool.model.Horizon;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs in PostgreSQL, as those who carry them out see them. A state changes only by updates that name the state before. */
final class JobStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JobStore(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Adds a job, unless there is one with its id.
     *
     * @return whether it is new
     */
    boolean add(Job job, @Nullable String name) {
        return jdbc.sql("""
                INSERT INTO batch_job (id, request, name, state, interval, horizons, assets, total, created_at)
                VALUES (:id, :request, :name, 'queued', :interval, :horizons, :assets, :total, :now)
                ON CONFLICT (id) DO NOTHING
                """)
                        .param("id", job.id())
                        .param("request", job.request())
                        .param("name", name)
                        .param("interval", job.interval())
                        .param(
                                "horizons",
                                job.horizons().stream().map(Horizon::label).toArray(String[]::new))
                        .param("assets", job.assets().toArray(String[]::new))
                        .param("total", job.items())
                        .param("now", now())
                        .update()
                > 0;
    }

    Optional<String> request(UUID id) {
        return jdbc.sql("SELECT request FROM batch_job WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /** How many are queued or running. */
    int unfinished() {
        return jdbc.sql("SELECT count(*) FROM batch_job WHERE state IN ('queued', 'running')")
                .query(Integer.class)
                .single();
    }

    /** Items of all jobs that are kept. */
    long items() {
        return jdbc.sql("SELECT coalesce(sum(total), 0) FROM batch_job")
                .query(Long.class)
                .single();
    }

    /** The job, now running; empty when it is over, or there is none. */
    Optional<Job> begin(UUID id) {
        return jdbc.sql("""
                UPDATE batch_job
                SET state = 'running', started_at = coalesce(started_at, :now), progressed_at = coalesce(progressed_at, :now)
                WHERE id = :id AND state IN ('queued', 'running')
                RETURNING *
                """)
                .param("id", id)
                .param("now", now())
                .query((row, n) -> job(row))
                .optional();
    }

    /** The chunk that comes next; empty when all are there. */
    Optional<Job.Chunk> next(Job job, int size) {
        return jdbc.sql("SELECT count(*), coalesce(sum(items), 0) FROM batch_job_chunk WHERE job_id = :id")
                .param("id", job.id())
                .query((row, n) ->
                        job.chunk(row.getInt(1), row.getInt(2) / job.horizons().size(), size))
                .optional()
                .filter(chunk -> !chunk.assets().isEmpty());
    }

    /**
     * Writes a chunk, all of it or nothing, and with the last one the end of the job. Somebody else's chunk of this number stays.
     *
     * @return false when the job is over, because it was cancelled
     */
    boolean commit(Job job, Job.Chunk chunk, ChunkAnswer answer) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean running = isRunningAndHeld(job.id());
            if (running && addChunk(job.id(), chunk, answer)) {
                addRows(job.id(), answer.rows());
                count(job, chunk, answer);
            }
            return running;
        }));
    }

    /** How long nothing was committed of a job. */
    Duration waiting(UUID id) {
        return jdbc.sql("SELECT progressed_at FROM batch_job WHERE id = :id")
                .param("id", id)
                .query((row, n) -> Duration.between(row.getTimestamp(1).toInstant(), clock.instant()))
                .optional()
                .orElse(Duration.ZERO);
    }

    /** Ends a job that is not over, and throws away what it has so far: half a result is none. */
    void end(UUID id, JobState state, @Nullable String error) {
        transaction.executeWithoutResult(status -> {
            int ended = jdbc.sql("""
                    UPDATE batch_job SET state = :state, error = :error, finished_at = :now
                    WHERE id = :id AND state IN ('queued', 'running')
                    """)
                    .param("state", state.label())
                    .param("error", error)
                    .param("id", id)
                    .param("now", now())
                    .update();
            if (ended > 0) {
                jdbc.sql("DELETE FROM batch_job_result WHERE job_id = :id")
                        .param("id", id)
                        .update();
            }
        });
    }

    /** Removes what was finished before this time, with its results; gives how many. */
    int remove(Instant finishedBefore) {
        return jdbc.sql("DELETE FROM batch_job WHERE finished_at < :before")
                .param("before", finishedBefore.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Who cancels waits for the chunk at hand, and the next chunk sees that it was cancelled. */
    private boolean isRunningAndHeld(UUID id) {
        return jdbc.sql("SELECT id FROM batch_job WHERE id = :id AND state = 'running' FOR UPDATE")
                .param("id", id)
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    private boolean addChunk(UUID id, Job.Chunk chunk, ChunkAnswer answer) {
        return jdbc.sql("""
                INSERT INTO batch_job_chunk (job_id, number, model, version, levels, items)
                VALUES (:id, :number, :model, :version, :levels, :items)
                ON CONFLICT (job_id, number) DO NOTHING
                """)
                        .param("id", id)
                        .param("number", chunk.number())
                        .param("model", answer.model())
                        .param("version", answer.version())
                        .param("levels", answer.levels().toArray(Double[]::new))
                        .param("items", answer.rows().size())
                        .update()
                > 0;
    }

    private void addRows(UUID id, List<ResultRow> rows) {
        jdbc.sql("""
                INSERT INTO batch_job_result (job_id, item, asset, horizon, prediction, status, detail)
                SELECT :id, * FROM unnest(:items, :assets, :horizons, :predictions, :statuses, :details)
                """)
                .param("id", id)
                .param("items", rows.stream().map(ResultRow::item).toArray(Integer[]::new))
                .param("assets", rows.stream().map(ResultRow::asset).toArray(String[]::new))
                .param("horizons", rows.stream().map(ResultRow::horizon).toArray(String[]::new))
                .param("predictions", rows.stream().map(ResultRow::prediction).toArray(String[]::new))
                .param("statuses", rows.stream().map(ResultRow::status).toArray(Integer[]::new))
                .param("details", rows.stream().map(ResultRow::detail).toArray(String[]::new))
                .update();
    }

    private void count(Job job, Job.Chunk chunk, ChunkAnswer answer) {
        boolean last = job.isLast(chunk);
        jdbc.sql("""
                UPDATE batch_job
                SET done = done + :done, failed = failed + :failed, progressed_at = :now,
                    state = CASE WHEN :last THEN 'succeeded' ELSE state END,
                    finished_at = CASE WHEN :last THEN :now::timestamptz END
                WHERE id = :id
                """)
                .param("done", answer.rows().size())
                .param("failed", answer.refused())
                .param("last", last)
                .param("now", now())
                .param("id", job.id())
                .update();
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getObject("id", UUID.class),
                row.getString("request"),
                row.getString("interval"),
                texts(row, "horizons").map(Horizon::of).toList(),
                texts(row, "assets").toList());
    }

    private static Stream<String> texts(ResultSet row, String column) throws SQLException {
        return Stream.of((String[]) row.getArray(column).getArray());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
