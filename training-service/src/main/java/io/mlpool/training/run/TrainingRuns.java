package io.mlpool.training.run;

import io.mlpool.training.TrainingCancelledException;
import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.pipeline.TrainingSpec;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The runs in PostgreSQL. A state changes only from the states that it may follow, by one conditional update. */
public final class TrainingRuns {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final RunJournal journal;

    public TrainingRuns(JdbcClient jdbc, TransactionTemplate transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
        this.journal = new RunJournal(jdbc, clock);
    }

    /** Queues a run. False when one of this id is known already; it stays as it is. */
    boolean add(TrainingSpec spec, Cause cause, @Nullable StudyPart part) {
        int added = jdbc.sql("""
                INSERT INTO training_run
                  (id, model, interval, algorithm, cause, state, request, created_at, study, trial, apart)
                VALUES (:id, :model, :interval, :algorithm, :cause, 'queued', :request::json, :now, :study, :trial, :apart)
                ON CONFLICT (id) DO NOTHING
                """)
                .param("id", spec.runId())
                .param("model", spec.model())
                .param("interval", spec.interval().label())
                .param("algorithm", spec.algorithm().label())
                .param("cause", cause.label())
                .param("request", RunJson.MAPPER.writeValueAsString(spec))
                .param("now", now())
                .param("study", part == null ? null : part.study())
                .param("trial", part == null ? null : part.trial())
                .param("apart", part != null && part.apart())
                .update();
        if (added == 1) {
            journal.add(spec.runId(), changed(RunState.QUEUED, null));
        }
        return added == 1;
    }

    /** What a run was asked to do. */
    Optional<TrainingSpec> spec(String id) {
        return jdbc.sql("SELECT request FROM training_run WHERE id = :id")
                .param("id", id)
                .query((row, n) -> RunJson.MAPPER.readValue(row.getString("request"), TrainingSpec.class))
                .optional();
    }

    /** Whether a run can be begun. */
    Readiness readiness(String id) {
        return jdbc.sql("""
                SELECT CASE WHEN state NOT IN ('queued', 'running') THEN 'OVER'
                            WHEN NOT apart AND EXISTS (
                              SELECT FROM training_run other
                              WHERE other.model = run.model AND other.state = 'running' AND NOT other.apart AND other.id <> run.id) THEN 'BLOCKED'
                            ELSE 'READY' END
                FROM training_run run WHERE id = :id
                """).param("id", id).query(Readiness.class).optional().orElse(Readiness.OVER);
    }

    /**
     * Begins or takes over a run: who began it before may no longer write. Empty when the run is over.
     *
     * @throws DuplicateKeyException when another run of the model is running
     */
    Optional<Begun> begin(String id) {
        return transaction.execute(status -> {
            Optional<Begun> begun = jdbc.sql("""
                    UPDATE training_run
                    SET state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, :now)
                    WHERE id = :id AND state IN ('queued', 'running')
                    RETURNING attempt, lost, request, trial
                    """)
                    .param("id", id)
                    .param("now", now())
                    .query((row, n) -> new Begun(
                            RunJson.MAPPER.readValue(row.getString("request"), TrainingSpec.class),
                            row.getInt("attempt"),
                            row.getInt("lost"),
                            row.getObject("trial") != null))
                    .optional();
            begun.ifPresent(run -> journal.add(id, changed(RunState.RUNNING, null)));
            return begun;
        });
    }

    /** Counts a process that died while the run was running in it. */
    void died(String id) {
        jdbc.sql("""
                UPDATE training_run
                SET lost = CASE WHEN far > reached THEN 1 ELSE lost + 1 END, reached = greatest(far, reached)
                FROM (SELECT count(DISTINCT (kind, content ->> 'part', content -> 'epoch' ->> 'number'))::integer AS far
                      FROM training_event WHERE run_id = :id AND kind NOT IN ('stage', 'state'))
                WHERE id = :id AND state = 'running'
                """).param("id", id).update();
    }

    /**
     * An execution of a run.
     *
     * @param attempt counted up by each execution
     * @param lost processes that died in it since one got further than those before
     * @param trial whether the run is a trial of a study
     */
    record Begun(TrainingSpec spec, int attempt, int lost, boolean trial) {}

    /** Notes, once, what a queued run waits for. */
    void waits(String id, String why) {
        RunEvent.Stage waiting = new RunEvent.Stage(why);
        transaction.executeWithoutResult(status -> {
            int noted = jdbc.sql("""
                    UPDATE training_run SET progress = :progress::json
                    WHERE id = :id AND state = 'queued' AND progress ->> 'message' IS DISTINCT FROM :message
                    """)
                    .param("id", id)
                    .param("progress", RunJson.MAPPER.writeValueAsString(waiting))
                    .param("message", waiting.message())
                    .update();
            if (noted == 1) {
                journal.add(id, waiting);
            }
        });
    }

    /**
     * Notes what happened in a run.
     *
     * @throws TrainingCancelledException when somebody asked to stop and nothing is registered yet
     * @throws SupersededException when another execution took over
     */
    void note(String id, int attempt, RunEvent event) {
        Boolean cancelled = transaction.execute(status -> {
            boolean asked = show(id, attempt, event).orElseThrow(() -> new SupersededException(id, attempt));
            journal.add(id, event);
            return asked;
        });
        if (Boolean.TRUE.equals(cancelled) && !(event instanceof RunEvent.Decided)) {
            throw new TrainingCancelledException(id);
        }
    }

    /** Ends a run, or puts it back into the queue; nothing happens when another execution took over. */
    void leave(String id, int attempt, RunState state, @Nullable String error) {
        transaction.executeWithoutResult(status -> {
            int left = jdbc.sql("""
                    UPDATE training_run SET state = :state, error = :error, finished_at = :finished
                    WHERE id = :id AND attempt = :attempt AND state = 'running'
                    """)
                    .param("id", id)
                    .param("attempt", attempt)
                    .param("state", state.label())
                    .param("error", error)
                    .param("finished", state.isFinal() ? now() : null)
                    .update();
            if (left == 1) {
                journal.add(id, changed(state, error));
            }
        });
    }

    /** Fails whichever attempt is running. */
    public void fail(String id, String error) {
        jdbc.sql("SELECT attempt FROM training_run WHERE id = :id")
                .param("id", id)
                .query(Integer.class)
                .optional()
                .ifPresent(attempt -> leave(id, attempt, RunState.FAILED, error));
    }

    /** Cancels a queued run at once and asks a running one to stop; a run that is over stays as it is. */
    public void cancel(String id) {
        transaction.executeWithoutResult(status -> {
            int cancelled = jdbc.sql("""
                    UPDATE training_run SET state = 'cancelled', cancel_requested = true, finished_at = :now
                    WHERE id = :id AND state = 'queued'
                    """).param("id", id).param("now", now()).update();
            if (cancelled == 1) {
                journal.add(id, changed(RunState.CANCELLED, null));
            }
            jdbc.sql("UPDATE training_run SET cancel_requested = true WHERE id = :id AND state = 'running'")
                    .param("id", id)
                    .update();
        });
    }

    /** The run of this id. */
    public Optional<RunView> find(String id) {
        return jdbc.sql("SELECT * FROM training_run WHERE id = :id")
                .param("id", id)
                .query((row, n) -> RunView.of(row))
                .optional();
    }

    /** The latest runs, newest first: those of a study, or all but trials. */
    public List<RunView> latest(Optional<String> model, Optional<String> study, int limit) {
        return jdbc.sql("""
                SELECT * FROM training_run
                WHERE (:model::text IS NULL OR model = :model)
                  AND CASE WHEN :study::text IS NULL THEN trial IS NULL ELSE study = :study END
                ORDER BY created_at DESC, id LIMIT :limit
                """)
                .param("model", model.orElse(null))
                .param("study", study.orElse(null))
                .param("limit", limit)
                .query((row, n) -> RunView.of(row))
                .list();
    }

    /** What happened after an event, oldest first; 0 for all. */
    public List<RecordedEvent> events(String id, long after) {
        return journal.after(id, after);
    }

    /** Shows an event in its run and says whether somebody asked to stop; empty when another execution took over. */
    private Optional<Boolean> show(String id, int attempt, RunEvent event) {
        String column = EventKind.of(event).column();
        return jdbc.sql("""
                UPDATE training_run SET %s version = coalesce(:version, version)
                WHERE id = :id AND attempt = :attempt AND state = 'running'
                RETURNING cancel_requested
                """.formatted(column == null ? "" : column + " = :content::json,"))
                .param("content", RunJson.MAPPER.writeValueAsString(shown(event)))
                .param("version", event instanceof RunEvent.Decided decided ? decided.version() : null)
                .param("id", id)
                .param("attempt", attempt)
                .query(Boolean.class)
                .optional();
    }

    private static Object shown(RunEvent event) {
        return switch (event) {
            case RunEvent.Snapshot taken -> taken.snapshot();
            case RunEvent.Tried tried -> tried.score();
            case RunEvent.Evaluated evaluated -> evaluated.evaluation();
            case RunEvent.Decided decided -> decided.decision();
            case RunEvent.Stage _,
                    RunEvent.EpochFinished _,
                    RunEvent.Described _,
                    RunEvent.FoldJudged _,
                    RunEvent.StateChanged _ -> event;
        };
    }

    private static RunEvent.StateChanged changed(RunState state, @Nullable String error) {
        return new RunEvent.StateChanged(state.label(), error);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
