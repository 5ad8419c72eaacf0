package io.mlpool.training.backtest;

import io.mlpool.training.TrainingCancelledException;
import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.report.BacktestResult;
import io.mlpool.training.run.Readiness;
import io.mlpool.training.run.RunState;
import io.mlpool.training.run.SupersededException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The backtests in PostgreSQL. Each execution has a number; what an older one would still write is refused. */
final class BacktestStore {

    private static final String LISTED =
            "id, model, state, cancel_requested, request, progress, NULL AS result, error, created_at, started_at, finished_at";

    private final JdbcClient jdbc;
    private final Clock clock;

    BacktestStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Queues a backtest. False when one of this id is known already; it stays as it is. */
    boolean add(BacktestSpec spec) {
        return jdbc.sql("""
                        INSERT INTO backtest (id, model, state, request, created_at)
                        VALUES (:id, :model, 'queued', :request::json, :now) ON CONFLICT (id) DO NOTHING
                        """)
                        .param("id", spec.id())
                        .param("model", spec.model())
                        .param("request", RunJson.MAPPER.writeValueAsString(spec))
                        .param("now", now())
                        .update()
                == 1;
    }

    /** What a backtest was asked to do. */
    Optional<BacktestSpec> spec(String id) {
        return jdbc.sql("SELECT request FROM backtest WHERE id = :id")
                .param("id", id)
                .query((row, n) -> RunJson.MAPPER.readValue(row.getString("request"), BacktestSpec.class))
                .optional();
    }

    /**
     * An execution of a backtest.
     *
     * @param attempt counted up by each execution
     * @param lost processes that died in it since one got further than those before
     */
    record Begun(BacktestSpec spec, int attempt, int lost) {}

    /** Whether a backtest can be begun: one works at a time, and one that gave way goes on before others begin. */
    Readiness readiness(String id) {
        return jdbc.sql("""
                SELECT CASE WHEN state NOT IN ('queued', 'running') THEN 'OVER'
                            WHEN EXISTS (
                              SELECT FROM backtest other
                              WHERE other.id <> mine.id AND (other.state = 'running' OR mine.state = 'queued' AND other.state = 'queued'
                                AND other.started_at < coalesce(mine.started_at, 'infinity'))) THEN 'BLOCKED'
                            ELSE 'READY' END
                FROM backtest mine WHERE id = :id
                """).param("id", id).query(Readiness.class).optional().orElse(Readiness.OVER);
    }

    /**
     * Begins or takes over a backtest; empty when it is over.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another one is running
     */
    Optional<Begun> begin(String id) {
        return jdbc.sql("""
                UPDATE backtest
                SET state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, :now)
                WHERE id = :id AND state IN ('queued', 'running') RETURNING request, attempt, lost
                """)
                .param("id", id)
                .param("now", now())
                .query((row, n) -> new Begun(
                        RunJson.MAPPER.readValue(row.getString("request"), BacktestSpec.class),
                        row.getInt("attempt"),
                        row.getInt("lost")))
                .optional();
    }

    /** Counts a process that died while the backtest was running in it. */
    void died(String id) {
        jdbc.sql("""
                UPDATE backtest
                SET lost = CASE WHEN far > reached THEN 1 ELSE lost + 1 END, reached = greatest(far, reached)
                FROM (SELECT ARRAY[coalesce((progress ->> 'fold')::integer, 0), coalesce((progress ->> 'epoch')::integer, 0)] AS far
                      FROM backtest WHERE id = :id)
                WHERE id = :id AND state = 'running'
                """).param("id", id).update();
    }

    /** Notes what a queued backtest waits for. */
    void waits(String id, String why) {
        jdbc.sql("""
                UPDATE backtest
                SET progress = (coalesce(progress::jsonb, '{}') || jsonb_build_object('message', :message::text))::json
                WHERE id = :id AND state = 'queued' AND progress ->> 'message' IS DISTINCT FROM :message
                """).param("id", id).param("message", why).update();
    }

    /**
     * Notes how far an execution is.
     *
     * @throws TrainingCancelledException when somebody asked to stop
     * @throws SupersededException when another execution took over
     */
    void note(Begun begun, BacktestProgress progress) {
        boolean cancelled = jdbc.sql("""
                UPDATE backtest SET progress = :progress::json
                WHERE id = :id AND attempt = :attempt AND state = 'running' RETURNING cancel_requested
                """)
                .param("progress", RunJson.MAPPER.writeValueAsString(progress))
                .param("id", begun.spec().id())
                .param("attempt", begun.attempt())
                .query(Boolean.class)
                .optional()
                .orElseThrow(() -> new SupersededException(begun.spec().id(), begun.attempt()));
        if (cancelled) {
            throw new TrainingCancelledException(begun.spec().id());
        }
    }

    /** Ends an execution's backtest; false, and nothing happens, when another execution took over. */
    boolean succeed(Begun begun, BacktestResult result) {
        return end(begun, RunState.SUCCEEDED, RunJson.MAPPER.writeValueAsString(result), null);
    }

    /** Ends an execution's backtest without a result, or puts it back into the queue; false as above. */
    boolean leave(Begun begun, RunState state, @Nullable String error) {
        return end(begun, state, null, error);
    }

    private boolean end(Begun begun, RunState state, @Nullable String result, @Nullable String error) {
        return jdbc.sql("""
                UPDATE backtest SET state = :state, result = :result::json, error = :error, finished_at = :finished
                WHERE id = :id AND attempt = :attempt AND state = 'running'
                """)
                        .param("state", state.label())
                        .param("result", result)
                        .param("error", error)
                        .param("finished", state.isFinal() ? now() : null)
                        .param("id", begun.spec().id())
                        .param("attempt", begun.attempt())
                        .update()
                == 1;
    }

    /** Fails a backtest that could not even be begun. */
    void fail(String id, String error) {
        jdbc.sql("""
                UPDATE backtest SET state = 'failed', error = :error, finished_at = :now
                WHERE id = :id AND state IN ('queued', 'running')
                """).param("id", id).param("error", error).param("now", now()).update();
    }

    /** Cancels a queued one at once and asks a running one to stop; false when it is over. */
    boolean cancel(String id) {
        return jdbc.sql("""
                        UPDATE backtest
                        SET cancel_requested = true, state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
                            finished_at = CASE state WHEN 'queued' THEN :now::timestamptz END
                        WHERE id = :id AND state IN ('queued', 'running')
                        """).param("id", id).param("now", now()).update() == 1;
    }

    Optional<BacktestView> find(String id) {
        return jdbc.sql("SELECT * FROM backtest WHERE id = :id")
                .param("id", id)
                .query((row, n) -> BacktestView.of(row))
                .optional();
    }

    /** The same without its result, which may be long. */
    Optional<BacktestView> listed(String id) {
        return jdbc.sql("SELECT %s FROM backtest WHERE id = :id".formatted(LISTED))
                .param("id", id)
                .query((row, n) -> BacktestView.of(row))
                .optional();
    }

    /** What a backtest measured; empty until it has succeeded. */
    Optional<BacktestResult> result(String id) {
        return jdbc.sql("SELECT result FROM backtest WHERE id = :id AND result IS NOT NULL")
                .param("id", id)
                .query((row, n) -> RunJson.MAPPER.readValue(row.getString("result"), BacktestResult.class))
                .optional();
    }

    /** Newest first. */
    List<BacktestView> latest(int limit) {
        return jdbc.sql("SELECT %s FROM backtest ORDER BY created_at DESC, id LIMIT :limit".formatted(LISTED))
                .param("limit", limit)
                .query((row, n) -> BacktestView.of(row))
                .list();
    }

    /** Those that are over, but for the newest. */
    List<String> old(int keep) {
        return jdbc.sql("""
                SELECT id FROM backtest WHERE finished_at IS NOT NULL
                ORDER BY finished_at DESC, id OFFSET :keep
                """).param("keep", keep).query(String.class).list();
    }

    void remove(String id) {
        jdbc.sql("DELETE FROM backtest WHERE id = :id AND finished_at IS NOT NULL")
                .param("id", id)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
