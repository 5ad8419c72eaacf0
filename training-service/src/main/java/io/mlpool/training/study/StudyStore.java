package io.mlpool.training.study;

import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.pipeline.TrainingSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
                INSERT INTO study (id, model, executed_by, request, trials, candidates, folds, kept_of, created_at)
                VALUES (:id, :model, :executedBy, :request::json, :trials, :candidates, :folds, :keptOf, :now)
                ON CONFLICT (id) DO NOTHING
                """)
                        .param("id", study.id())
                        .param("model", study.model())
                        .param("executedBy", study.executedBy().label())
                        .param("request", RunJson.MAPPER.writeValueAsString(request))
                        .param("trials", study.allTrials())
                        .param("candidates", study.trials().size())
                        .param("folds", study.halving().map(Halving::folds).orElse(null))
                        .param("keptOf", study.halving().map(Halving::keptOf).orElse(null))
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
                SELECT trial, trial % (SELECT coalesce(candidates, trials) FROM study WHERE id = :id) AS candidate,
                       request, state, (score ->> 'skill')::double precision AS skill, error
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

    /** How a study halves its trials; empty when it does not. */
    Optional<Halving> halving(String id) {
        return jdbc.sql("SELECT candidates, folds, kept_of FROM study WHERE id = :id AND kept_of IS NOT NULL")
                .param("id", id)
                .query((row, n) -> new Halving(row.getInt("candidates"), row.getInt("folds"), row.getInt("kept_of")))
                .optional();
    }

    /** On how many folds there were trials of a study that halves them. */
    int foldsDone(String id) {
        return jdbc.sql("""
                SELECT count(DISTINCT run.trial / study.candidates) FROM training_run run JOIN study ON study.id = run.study
                WHERE run.study = :id AND run.trial IS NOT NULL
                """).param("id", id).query(Integer.class).single();
    }

    /**
     * What was judged on most folds and has the highest mean score there, the first of several, chosen by all that any trial saw; none
     * when no trial succeeded.
     */
    Optional<TrainingSpec> best(String id) {
        return best(id, 1, 1).stream().map(spec -> spec.chosenBy(seen(id))).findFirst();
    }

    /** Those with the highest mean scores among the candidates that were judged on so many folds at least, best first. */
    List<TrainingSpec> best(String id, int folds, int most) {
        return jdbc.sql("""
                SELECT first.request FROM
                  (SELECT run.trial % coalesce(study.candidates, study.trials) AS candidate, count(*) AS folds,
                          avg((run.score ->> 'skill')::double precision) AS skill
                   FROM training_run run JOIN study ON study.id = run.study
                   WHERE run.study = :id AND run.trial IS NOT NULL AND run.state = 'succeeded' AND run.score IS NOT NULL
                   GROUP BY 1) standing
                JOIN training_run first ON first.study = :id AND first.trial = standing.candidate
                WHERE standing.folds >= :folds
                ORDER BY standing.folds DESC, standing.skill DESC, standing.candidate LIMIT :most
                """)
                .param("id", id)
                .param("folds", folds)
                .param("most", most)
                .query((row, n) -> RunJson.MAPPER.readValue(row.getString("request"), TrainingSpec.class))
                .list();
    }

    private Instant seen(String id) {
        return jdbc.sql("SELECT max((score ->> 'seen_until')::timestamptz) AS seen FROM training_run WHERE study = :id")
                .param("id", id)
                .query((row, n) -> row.getTimestamp("seen").toInstant())
                .single();
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
