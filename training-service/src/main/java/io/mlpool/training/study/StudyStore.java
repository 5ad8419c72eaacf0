package io.mlpool.training.study;

import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.pipeline.TrainingSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The studies in PostgreSQL; their trials are runs. */
final class StudyStore {

    private static final String VIEW = """
            SELECT study.*, best.id AS best_run,
                   (SELECT count(*) FROM training_run trial
                    WHERE trial.study = study.id AND trial.trial IS NOT NULL
                      AND trial.state NOT IN ('queued', 'running')) AS finished,
                   CASE WHEN study.cancelled THEN 'cancelled'
                        WHEN study.closed_at IS NULL THEN 'running'
                        WHEN best.id IS NULL THEN 'failed'
                        WHEN best.state IN ('queued', 'running') THEN 'judging'
                        ELSE best.state END AS state
            FROM study LEFT JOIN training_run best ON best.study = study.id AND best.trial IS NULL
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    StudyStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** False when one of this id is known already; it stays as it is. */
    boolean add(Study study, StudyRequest request) {
        return jdbc.sql("""
                INSERT INTO study (id, model, executed_by, request, trials, created_at)
                VALUES (:id, :model, :executedBy, :request::json, :trials, :now) ON CONFLICT (id) DO NOTHING
                """)
                        .param("id", study.id())
                        .param("model", study.model())
                        .param("executedBy", study.executedBy().label())
                        .param("request", RunJson.MAPPER.writeValueAsString(request))
                        .param("trials", study.trials().size())
                        .param("now", now())
                        .update()
                == 1;
    }

    /** What a study was asked to do. */
    Optional<StudyRequest> request(String id) {
        return jdbc.sql("SELECT request FROM study WHERE id = :id")
                .param("id", id)
                .query((row, n) -> RunJson.MAPPER.readValue(row.getString("request"), StudyRequest.class))
                .optional();
    }

    Optional<StudyView> find(String id) {
        return jdbc.sql(VIEW + " WHERE study.id = :id")
                .param("id", id)
                .query((row, n) -> StudyView.of(row))
                .optional();
    }

    /** Newest first. */
    List<StudyView> latest(int limit) {
        return jdbc.sql(VIEW + " ORDER BY study.created_at DESC, study.id LIMIT :limit")
                .param("limit", limit)
                .query((row, n) -> StudyView.of(row))
                .list();
    }

    List<TrialView> trials(String id) {
        return jdbc.sql("""
                SELECT trial, request, state, (score ->> 'skill')::double precision AS skill, error
                FROM training_run WHERE study = :id AND trial IS NOT NULL ORDER BY trial
                """)
                .param("id", id)
                .query((row, n) -> TrialView.of(row))
                .list();
    }

    /** Ids of studies that wait for trials, oldest first. */
    List<String> open() {
        return jdbc.sql("SELECT id FROM study WHERE closed_at IS NULL ORDER BY created_at")
                .query(String.class)
                .list();
    }

    /** Keeps all others from changing an open study until the transaction ends; false when it is closed. */
    boolean lock(String id) {
        return jdbc.sql("SELECT 1 FROM study WHERE id = :id AND closed_at IS NULL FOR UPDATE")
                .param("id", id)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Runs of the trials that are not over, in their order. */
    List<String> unfinished(String id) {
        return jdbc.sql("""
                SELECT id FROM training_run
                WHERE study = :id AND trial IS NOT NULL AND state IN ('queued', 'running') ORDER BY trial
                """).param("id", id).query(String.class).list();
    }

    /** The trial of an open study that the service is to execute next; none while one of them is being executed. */
    Optional<String> next(String id) {
        return jdbc.sql("""
                SELECT id FROM training_run run
                WHERE study = :id AND trial IS NOT NULL AND NOT apart AND state = 'queued'
                  AND NOT EXISTS (SELECT 1 FROM training_run other WHERE other.study = :id AND other.state = 'running')
                ORDER BY trial LIMIT 1
                """).param("id", id).query(String.class).optional();
    }

    /** Trials in processes of their own of which nothing was heard for so long. */
    List<String> silent(Duration silence) {
        return jdbc.sql("""
                SELECT id FROM training_run run
                WHERE apart AND state = 'running'
                  AND (SELECT max(at) FROM training_event WHERE run_id = run.id) < :before
                """)
                .param("before", now().minus(silence))
                .query(String.class)
                .list();
    }

    /** The trial with the highest score, the first of several, chosen by all that any of them saw; none when no trial succeeded. */
    Optional<TrainingSpec> best(String id) {
        return jdbc.sql("""
                SELECT request, (SELECT max((score ->> 'seen_until')::timestamptz) FROM training_run WHERE study = :id) AS seen
                FROM training_run
                WHERE study = :id AND trial IS NOT NULL AND state = 'succeeded' AND score IS NOT NULL
                ORDER BY (score ->> 'skill')::double precision DESC, trial LIMIT 1
                """)
                .param("id", id)
                .query((row, n) -> RunJson.MAPPER
                        .readValue(row.getString("request"), TrainingSpec.class)
                        .chosenBy(row.getTimestamp("seen").toInstant()))
                .optional();
    }

    /** @param bestRun run of the best trial */
    void close(String id, @Nullable String bestRun) {
        jdbc.sql("""
                UPDATE study SET closed_at = :now, best_trial = (SELECT trial FROM training_run WHERE id = :best)
                WHERE id = :id
                """).param("now", now()).param("best", bestRun).param("id", id).update();
    }

    void cancel(String id) {
        jdbc.sql("UPDATE study SET cancelled = true WHERE id = :id")
                .param("id", id)
                .update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
