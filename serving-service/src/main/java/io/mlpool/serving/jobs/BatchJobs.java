package io.mlpool.serving.jobs;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Jobs and their items in PostgreSQL. Every write can be repeated: items have their position, states only go forward. */
final class BatchJobs {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    BatchJobs(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * What is to be done.
     *
     * @param request as it was asked, in one form, to recognise a repetition
     */
    record Order(UUID id, String name, String request, String interval, List<String> assets, List<String> horizons) {

        Order {
            assets = List.copyOf(assets);
            horizons = List.copyOf(horizons);
        }
    }

    /** Where a page of jobs begins: behind this one. */
    record After(Instant createdAt, UUID id) {}

    /** Adds a job; false when there is one with this id. */
    boolean add(Order order) {
        return jdbc.sql("""
                        INSERT INTO batch_job (id, name, request, interval, assets, horizons, state, created_at)
                        VALUES (:id, :name, :request, :interval, :assets, :horizons, 'queued', :now)
                        ON CONFLICT (id) DO NOTHING
                        """)
                        .param("id", order.id())
                        .param("name", order.name())
                        .param("request", order.request())
                        .param("interval", order.interval())
                        .param("assets", order.assets().toArray(String[]::new))
                        .param("horizons", order.horizons().toArray(String[]::new))
                        .param("now", now())
                        .update()
                == 1;
    }

    Optional<BatchJob> find(UUID id) {
        return jdbc.sql("SELECT * FROM batch_job WHERE id = :id")
                .param("id", id)
                .query((row, n) -> job(row))
                .optional();
    }

    /** The order behind a job. */
    Optional<Order> order(UUID id) {
        return jdbc.sql("SELECT * FROM batch_job WHERE id = :id")
                .param("id", id)
                .query((row, n) -> new Order(
                        id,
                        row.getString("name"),
                        row.getString("request"),
                        row.getString("interval"),
                        texts(row, "assets"),
                        texts(row, "horizons")))
                .optional();
    }

    /** Newest first. */
    List<BatchJob> newest(@Nullable After after, int limit) {
        return jdbc.sql("""
                SELECT * FROM batch_job
                WHERE :created::timestamptz IS NULL OR (created_at, id) < (:created, :id)
                ORDER BY created_at DESC, id DESC LIMIT :limit
                """)
                .param("created", after == null ? null : after.createdAt().atOffset(ZoneOffset.UTC))
                .param("id", after == null ? null : after.id())
                .param("limit", limit)
                .query((row, n) -> job(row))
                .list();
    }

    int unfinished() {
        return jdbc.sql("SELECT count(*) FROM batch_job WHERE state IN ('queued', 'running')")
                .query(Integer.class)
                .single();
    }

    /** Marks the job as being worked on; false when it ended or was cancelled. */
    boolean begin(UUID id) {
        return jdbc.sql("""
                        UPDATE batch_job SET state = 'running', started_at = coalesce(started_at, :now)
                        WHERE id = :id AND state IN ('queued', 'running')
                        """).param("id", id).param("now", now()).update() == 1;
    }

    /** Stores items that follow those that are done; one that is there already is left as it is. False when the job ended meanwhile. */
    boolean store(UUID id, List<JobItem> items) {
        return Boolean.TRUE.equals(transactions.execute(_ -> {
            Optional<String> state = jdbc.sql("SELECT state FROM batch_job WHERE id = :id FOR UPDATE")
                    .param("id", id)
                    .query(String.class)
                    .optional();
            if (state.map(JobState::of).filter(JobState.RUNNING::equals).isEmpty()) {
                return false;
            }
            insert(id, items);
            jdbc.sql("""
                    UPDATE batch_job SET (done, failed) =
                      (SELECT count(*), count(error) FROM batch_job_row WHERE job_id = :id) WHERE id = :id
                    """).param("id", id).update();
            return true;
        }));
    }

    private void insert(UUID id, List<JobItem> items) {
        jdbc.sql("""
                INSERT INTO batch_job_row (job_id, position, asset, horizon, prediction, error)
                SELECT :id, row.* FROM jsonb_to_recordset(:rows::jsonb)
                  AS row (position integer, asset text, horizon text, prediction text, error text)
                ON CONFLICT (job_id, position) DO NOTHING
                """)
                .param("id", id)
                .param("rows", JSON.writeValueAsString(items))
                .update();
    }

    /** Ends the job; one that has ended already stays as it is. */
    void end(UUID id, JobState state, @Nullable String error) {
        jdbc.sql("""
                UPDATE batch_job SET state = :state, error = :error, finished_at = :now
                WHERE id = :id AND state IN ('queued', 'running')
                """)
                .param("id", id)
                .param("state", state.label())
                .param("error", error)
                .param("now", now())
                .update();
    }

    /** Items in their order. */
    List<JobItem> items(UUID id, int from, int limit) {
        return jdbc.sql("""
                SELECT position, asset, horizon, prediction, error FROM batch_job_row
                WHERE job_id = :id AND position >= :from ORDER BY position LIMIT :limit
                """)
                .param("id", id)
                .param("from", from)
                .param("limit", limit)
                .query(JobItem.class)
                .list();
    }

    /** Removes what ended longer ago than this. */
    int forget(Duration kept) {
        return jdbc.sql("DELETE FROM batch_job WHERE finished_at < :before")
                .param("before", now().minus(kept))
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static BatchJob job(ResultSet row) throws SQLException {
        List<String> horizons = texts(row, "horizons");
        return new BatchJob(
                row.getObject("id", UUID.class),
                row.getString("name"),
                JobState.of(row.getString("state")),
                row.getString("interval"),
                horizons,
                texts(row, "assets").size() * horizons.size(),
                row.getInt("done"),
                row.getInt("failed"),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }
}
