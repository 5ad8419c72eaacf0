package io.mlpool.training.risk.run;

import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.risk.RiskDecision;
import io.mlpool.training.risk.RiskNotes;
import io.mlpool.training.risk.RiskRun;
import io.mlpool.training.risk.evaluation.RiskEvaluation;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runs in PostgreSQL. Each execution has a number; what an older one would still write is ignored. */
final class RiskRuns {

    private final JdbcClient jdbc;
    private final Clock clock;

    RiskRuns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Queues a run. False when one of this id is known, or another of the model is not over; it stays as it is. */
    boolean add(String id, String model, String cause, long seed) {
        return jdbc.sql("""
                        INSERT INTO risk_run (id, model, cause, state, seed, created_at)
                        VALUES (:id, :model, :cause, 'queued', :seed, :now) ON CONFLICT DO NOTHING
                        """)
                        .param("id", id)
                        .param("model", model)
                        .param("cause", cause)
                        .param("seed", seed)
                        .param("now", now())
                        .update()
                == 1;
    }

    /** Begins or takes over a run; empty when it is over. */
    Optional<Begun> begin(String id) {
        return jdbc.sql("""
                UPDATE risk_run
                SET state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, :now)
                WHERE id = :id AND state IN ('queued', 'running') RETURNING *
                """)
                .param("id", id)
                .param("now", now())
                .query((row, n) -> new Begun(
                        new RiskRun(
                                id,
                                row.getString("model"),
                                row.getLong("seed"),
                                row.getTimestamp("created_at").toInstant()),
                        row.getInt("attempt"),
                        row.getInt("lost")))
                .optional();
    }

    /** Counts a process that died while the run was running in it. */
    void died(String id) {
        jdbc.sql("UPDATE risk_run SET lost = lost + 1 WHERE id = :id AND state = 'running'")
                .param("id", id)
                .update();
    }

    /**
     * An execution of a run.
     *
     * @param attempt counted up by each
     * @param lost processes that died in it
     */
    record Begun(RiskRun run, int attempt, int lost) {}

    /** Where an execution notes. */
    RiskNotes notes(Begun begun) {
        return new RiskNotes() {

            @Override
            public Optional<RiskDecision> decision() {
                return jdbc.sql("SELECT decision FROM risk_run WHERE id = :id AND decision IS NOT NULL")
                        .param("id", begun.run().id())
                        .query((row, n) -> RunJson.MAPPER.readValue(row.getString(1), RiskDecision.class))
                        .optional();
            }

            @Override
            public void judged(RiskEvaluation evaluation, RiskDecision decision) {
                note(begun, evaluation, decision, null);
            }

            @Override
            public void carriedOut(RiskDecision decision, int version) {
                note(begun, null, decision, version);
            }
        };
    }

    private void note(
            Begun begun, @Nullable RiskEvaluation evaluation, RiskDecision decision, @Nullable Integer version) {
        int noted = jdbc.sql("""
                UPDATE risk_run SET evaluation = coalesce(:evaluation::json, evaluation), decision = :decision::json,
                  version = coalesce(:version::integer, version)
                WHERE id = :id AND attempt = :attempt AND state = 'running'
                """)
                .param("evaluation", evaluation == null ? null : RunJson.MAPPER.writeValueAsString(evaluation))
                .param("decision", RunJson.MAPPER.writeValueAsString(decision))
                .param("version", version)
                .param("id", begun.run().id())
                .param("attempt", begun.attempt())
                .update();
        if (noted == 0) {
            throw new IllegalStateException(
                    "another execution took over run " + begun.run().id());
        }
    }

    /**
     * Ends an execution's run.
     *
     * @param state {@code succeeded}, {@code skipped} or {@code failed}
     */
    void end(Begun begun, String state, @Nullable String why) {
        jdbc.sql("""
                UPDATE risk_run SET state = :state, error = :why, finished_at = :now
                WHERE id = :id AND attempt = :attempt AND state = 'running'
                """)
                .param("state", state)
                .param("why", why)
                .param("now", now())
                .param("id", begun.run().id())
                .param("attempt", begun.attempt())
                .update();
    }

    Optional<RiskRunView> find(String id) {
        return jdbc.sql("SELECT * FROM risk_run WHERE id = :id")
                .param("id", id)
                .query((row, n) -> RiskRunView.of(row))
                .optional();
    }

    /** The run of a model that is not over. */
    Optional<RiskRunView> open(String model) {
        return jdbc.sql("SELECT * FROM risk_run WHERE model = :model AND state IN ('queued', 'running')")
                .param("model", model)
                .query((row, n) -> RiskRunView.of(row))
                .optional();
    }

    /** The latest runs, newest first. */
    List<RiskRunView> latest(@Nullable String model, int limit) {
        return jdbc.sql("""
                SELECT * FROM risk_run WHERE :model::text IS NULL OR model = :model
                ORDER BY created_at DESC, id LIMIT :limit
                """)
                .param("model", model)
                .param("limit", limit)
                .query((row, n) -> RiskRunView.of(row))
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
