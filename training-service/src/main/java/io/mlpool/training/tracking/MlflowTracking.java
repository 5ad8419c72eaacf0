package io.mlpool.training.tracking;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.training.run.RecordedEvent;
import io.mlpool.training.run.RunTracking;
import io.mlpool.training.run.TrainingRuns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings MLflow up to what the journal says. One process at a time tells about a run; how far it came is noted in the same
 * transaction, so that after a crash or an outage the rest is told, by this process or another.
 */
final class MlflowTracking implements RunTracking {

    private static final Logger LOG = LoggerFactory.getLogger(MlflowTracking.class);

    private final Mlflow mlflow;
    private final TrainingRuns runs;
    private final ReportUpload reports;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Duration quiet;
    private final Clock clock;
    /** Runs that are being told about, so that their place in MLflow is looked for once. */
    private final Map<String, TrackedRun> known = new ConcurrentHashMap<>();

    private volatile Instant quietUntil = Instant.EPOCH;

    MlflowTracking(
            Mlflow mlflow,
            TrainingRuns runs,
            ReportUpload reports,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Duration quiet,
            Clock clock) {
        this.mlflow = mlflow;
        this.runs = runs;
        this.reports = reports;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.quiet = quiet;
        this.clock = clock;
    }

    @Override
    public void tell(String runId) {
        if (clock.instant().isBefore(quietUntil)) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> catchUp(runId));
        } catch (MlflowException e) {
            known.remove(runId);
            quietUntil = clock.instant().plus(quiet);
            LOG.warn("MLflow will hear of run {} later: {}", runId, e.getMessage());
        }
    }

    /** Tells about every run that nobody is executing and of which something is untold: those of an outage, or of a crash. */
    void catchUp() {
        jdbc.sql("""
                SELECT id FROM training_run run
                WHERE state <> 'running'
                  AND EXISTS (SELECT 1 FROM training_event event WHERE event.run_id = run.id AND event.id > run.tracked_event)
                ORDER BY created_at
                """).query(String.class).list().forEach(this::tell);
    }

    private void catchUp(String runId) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('tracking of ' || :run, 0))")
                .param("run", runId)
                .query((row, n) -> row.wasNull())
                .list();
        List<RecordedEvent> news = runs.events(runId, told(runId));
        if (news.isEmpty()) {
            return;
        }
        TrackedRun tracked = known.computeIfAbsent(runId, id -> TrackedRun.of(mlflow, runs, id));
        for (RecordedEvent event : news) {
            tell(tracked, runId, event);
        }
        jdbc.sql("UPDATE training_run SET tracked_event = :event, tracking_url = :page WHERE id = :run")
                .param("event", news.getLast().id())
                .param("page", tracked.page().toString())
                .param("run", runId)
                .update();
    }

    private void tell(TrackedRun tracked, String runId, RecordedEvent event) {
        try {
            tracked.tell(event);
            if (event.isLast()) {
                reports.upload(runId, tracked.artifacts());
                known.remove(runId);
            }
        } catch (MlflowException e) {
            if (e.trouble() != MlflowException.Trouble.REFUSED) {
                throw e;
            }
            LOG.error(
                    "MLflow's picture of run {} stays incomplete, its own is in the database: {}",
                    runId,
                    e.getMessage());
        }
    }

    private long told(String runId) {
        return jdbc.sql("SELECT tracked_event FROM training_run WHERE id = :run")
                .param("run", runId)
                .query(Long.class)
                .single();
    }
}
