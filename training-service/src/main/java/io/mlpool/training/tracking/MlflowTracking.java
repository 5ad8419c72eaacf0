package io.mlpool.training.tracking;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.training.run.RecordedEvent;
import io.mlpool.training.run.RunTracking;
import io.mlpool.training.run.TrainingRuns;
import java.io.UncheckedIOException;
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

    /** How many events a server that fails in between hears again at most. */
    private static final int AT_ONCE = 20;

    private final Mlflow mlflow;
    private final TrainingRuns runs;
    private final ReportUpload reports;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Duration quiet;
    private final Clock clock;
    /** Runs that are being told about, so that their place in MLflow is looked for once. */
    private final Map<String, TrackedRun> known = new ConcurrentHashMap<>();

    /** Until when a run is left alone of which something could not be told, while others are told about. */
    private final Map<String, Instant> troubled = new ConcurrentHashMap<>();

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
        Instant now = clock.instant();
        if (now.isBefore(quietUntil) || now.isBefore(troubled.getOrDefault(runId, Instant.EPOCH))) {
            return;
        }
        try {
            boolean more = true;
            while (more) {
                more = Boolean.TRUE.equals(transaction.execute(status -> catchUp(runId)));
            }
            troubled.remove(runId);
        } catch (MlflowException | UncheckedIOException e) {
            known.remove(runId);
            leaveAlone(runId, e);
            LOG.warn("MLflow will hear of run {} later: {}", runId, e.getMessage());
        }
    }

    /** A server that is away, or does not know us, is so for every run; what else goes wrong may be one run's own. */
    private void leaveAlone(String runId, RuntimeException why) {
        Instant until = clock.instant().plus(quiet);
        if (why instanceof MlflowException e
                && (e.trouble() == MlflowException.Trouble.UNREACHABLE
                        || e.trouble() == MlflowException.Trouble.DENIED)) {
            quietUntil = until;
        } else {
            troubled.put(runId, until);
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

    /** Tells the next events; true when there are more. */
    private boolean catchUp(String runId) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('tracking of ' || :run, 0))")
                .param("run", runId)
                .query((row, n) -> row.wasNull())
                .list();
        List<RecordedEvent> untold = runs.events(runId, told(runId));
        if (untold.isEmpty()) {
            return false;
        }
        List<RecordedEvent> news = untold.subList(0, Math.min(untold.size(), AT_ONCE));
        TrackedRun tracked = tracked(runId);
        for (RecordedEvent event : news) {
            tell(tracked, runId, event);
        }
        if (news.getLast().isLast()) {
            known.remove(runId);
        }
        jdbc.sql("UPDATE training_run SET tracked_event = :event, tracking_url = :page WHERE id = :run")
                .param("event", news.getLast().id())
                .param("page", tracked.page().toString())
                .param("run", runId)
                .update();
        return news.size() < untold.size();
    }

    /** The lock on the run keeps others from looking at the same time; no lock on the map is held while MLflow is asked. */
    private TrackedRun tracked(String runId) {
        TrackedRun there = known.get(runId);
        if (there != null) {
            return there;
        }
        TrackedRun found = TrackedRun.of(mlflow, runs, runId);
        known.put(runId, found);
        return found;
    }

    private void tell(TrackedRun tracked, String runId, RecordedEvent event) {
        try {
            tracked.tell(event);
            if (event.isLast()) {
                reports.upload(runId, tracked.artifacts());
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
