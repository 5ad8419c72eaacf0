package io.mlpool.training.anomaly;

import io.mlpool.market.SeriesKey;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.pipeline.RunJson;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runs in PostgreSQL. What an execution writes is lost when another one took over. */
final class AnomalyRuns {

    private final JdbcClient jdbc;
    private final Clock clock;

    AnomalyRuns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * An execution of a run.
     *
     * @param attempt counted up by each execution
     * @param lost processes that died in it
     */
    record Begun(AnomalySpec spec, int attempt, int lost) {}

    /** Queues a run. False when one of this id is known already; it stays as it is. */
    boolean add(AnomalySpec spec, String cause) {
        return jdbc.sql("""
                INSERT INTO anomaly_run (id, model, interval, cause, state, request, created_at)
                VALUES (:id, :model, :interval, :cause, 'queued', :request::json, :now)
                ON CONFLICT (id) DO NOTHING
                """)
                        .param("id", spec.runId())
                        .param("model", spec.model())
                        .param("interval", spec.interval().label())
                        .param("cause", cause)
                        .param("request", RunJson.MAPPER.writeValueAsString(spec))
                        .param("now", now())
                        .update()
                == 1;
    }

    /** What a run was asked to do. */
    Optional<AnomalySpec> spec(String id) {
        return jdbc.sql("SELECT request FROM anomaly_run WHERE id = :id")
                .param("id", id)
                .query((row, n) -> RunJson.MAPPER.readValue(row.getString("request"), AnomalySpec.class))
                .optional();
    }

    /**
     * Begins or takes over a run. Empty when it is over.
     *
     * @throws org.springframework.dao.DuplicateKeyException when another run of the model is running
     */
    Optional<Begun> begin(String id) {
        return jdbc.sql("""
                UPDATE anomaly_run
                SET state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, :now)
                WHERE id = :id AND state IN ('queued', 'running') RETURNING attempt, lost, request
                """)
                .param("id", id)
                .param("now", now())
                .query((row, n) -> new Begun(
                        RunJson.MAPPER.readValue(row.getString("request"), AnomalySpec.class),
                        row.getInt("attempt"),
                        row.getInt("lost")))
                .optional();
    }

    /** Counts a process that died while the run was running in it. */
    void died(String id) {
        jdbc.sql("UPDATE anomaly_run SET lost = lost + 1 WHERE id = :id AND state = 'running'")
                .param("id", id)
                .update();
    }

    /** Notes what an execution has found, and hears of more. */
    AnomalyTraining.Listener listener(Begun begun) {
        return new AnomalyTraining.Listener() {

            @Override
            public void read(DatasetSnapshot snapshot) {
                note(begun, "snapshot", snapshot);
            }

            @Override
            public void evaluated(AnomalyEvaluation evaluation) {
                note(begun, "evaluation", evaluation);
            }
        };
    }

    private void note(Begun begun, String column, Object content) {
        jdbc.sql("UPDATE anomaly_run SET " + column + " = :content::json WHERE id = :id AND attempt = :attempt")
                .param("content", RunJson.MAPPER.writeValueAsString(content))
                .param("id", begun.spec().runId())
                .param("attempt", begun.attempt())
                .update();
    }

    void succeed(Begun begun, AnomalyTraining.Outcome outcome) {
        jdbc.sql("""
                UPDATE anomaly_run
                SET state = 'succeeded', decision = :decision::json, version = :version, finished_at = :now
                WHERE id = :id AND attempt = :attempt AND state = 'running'
                """)
                .param("decision", RunJson.MAPPER.writeValueAsString(outcome.decision()))
                .param("version", outcome.version())
                .param("now", now())
                .param("id", begun.spec().runId())
                .param("attempt", begun.attempt())
                .update();
    }

    /** Puts a run back into the queue: what it needs is away. */
    void leave(Begun begun) {
        jdbc.sql("UPDATE anomaly_run SET state = 'queued' WHERE id = :id AND attempt = :attempt AND state = 'running'")
                .param("id", begun.spec().runId())
                .param("attempt", begun.attempt())
                .update();
    }

    void fail(Begun begun, String error) {
        jdbc.sql("""
                UPDATE anomaly_run SET state = 'failed', error = :error, finished_at = :now
                WHERE id = :id AND attempt = :attempt AND state = 'running'
                """)
                .param("error", error)
                .param("now", now())
                .param("id", begun.spec().runId())
                .param("attempt", begun.attempt())
                .update();
    }

    Optional<AnomalyRunView> find(String id) {
        return jdbc.sql("SELECT * FROM anomaly_run WHERE id = :id")
                .param("id", id)
                .query((row, n) -> AnomalyRunView.of(row))
                .optional();
    }

    /** The newest first. */
    List<AnomalyRunView> latest(@Nullable String model, int limit) {
        return jdbc.sql("""
                SELECT * FROM anomaly_run WHERE :model::text IS NULL OR model = :model
                ORDER BY created_at DESC, id LIMIT :limit
                """)
                .param("model", model)
                .param("limit", limit)
                .query((row, n) -> AnomalyRunView.of(row))
                .list();
    }

    boolean isBusy(String model) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM anomaly_run WHERE model = :model AND state IN ('queued', 'running'))
                """).param("model", model).query(Boolean.class).single();
    }

    /**
     * Candles that came after the newest one that a run of the model has read. A run that failed before it read any has no watermark: it would
     * be started again and again.
     */
    long newCandles(String model, String interval) {
        return jdbc.sql("""
                SELECT count(*) FROM candle c JOIN series s ON s.id = c.series_id
                WHERE s.interval = :interval AND s.vs_currency = :vs AND c.finished
                  AND c.open_time >= coalesce(
                    (SELECT max((snapshot ->> 'watermark')::timestamptz) FROM anomaly_run WHERE model = :model), '-infinity')
                  AND c.ingested_at > coalesce(
                    (SELECT max(created_at) FROM anomaly_run
                     WHERE model = :model AND state = 'failed' AND snapshot IS NULL), '-infinity')
                """)
                .param("model", model)
                .param("interval", interval)
                .param("vs", SeriesKey.USD)
                .query(Long.class)
                .single();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
