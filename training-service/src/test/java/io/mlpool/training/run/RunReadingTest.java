package io.mlpool.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunReadingTest {

    private static final Instant START = Instant.parse("2026-11-29T03:15:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SettableClock clock = new SettableClock(START);

    @Test
    void aPoolThatNeverTrainedHasZeros() {
        takeRuns();

        assertThat(runs("failed")).isZero();
        assertThat(failures()).isZero();
        assertThat(decisions("promoted")).isZero();
    }

    @Test
    void onlyFailuresSinceTheLastSuccessAreInARow() {
        run("a", "failed", START, null);
        run("b", "succeeded", START.plusSeconds(100), null);
        run("c", "failed", START.plusSeconds(200), null);
        run("d", "cancelled", START.plusSeconds(300), null);
        run("e", "failed", START.plusSeconds(400), null);

        takeRuns();

        assertThat(runs("failed")).isEqualTo(3);
        assertThat(failures()).isEqualTo(2);
    }

    @Test
    void trialsAreCountedApartAndTheirFailuresAreNone() {
        run("a", "failed", START, null);
        database.jdbc().sql("""
                INSERT INTO study (id, model, executed_by, request, trials, created_at)
                VALUES ('s', 'price-1h', 'service', '{}', 1, now())
                """).update();
        database.jdbc()
                .sql("UPDATE training_run SET study = 's', trial = 0 WHERE id = 'a'")
                .update();

        takeRuns();
        new RunTimeReading(database.jdbc(), meters, clock).take();

        assertThat(runs("failed")).isZero();
        assertThat(failures()).isZero();
        assertThat(meters.get("mlpool.training.trials")
                        .tag("state", "failed")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.find("mlpool.training.duration").gauge()).isNull();
    }

    @Test
    void decisionsAreCountedByOutcome() {
        run("a", "succeeded", START, "{\"promoted\": true}");
        run("b", "succeeded", START.plusSeconds(100), "{\"promoted\": false}");
        run("c", "succeeded", START.plusSeconds(200), "{\"promoted\": false}");

        takeRuns();

        assertThat(decisions("promoted")).isEqualTo(1);
        assertThat(decisions("refused")).isEqualTo(2);
    }

    @Test
    void aRunThatIsGoingOnShowsHowFarItIs() {
        run("a", "running", START, null);
        epoch("a", 2, 4, 3, 8, 0.41);
        clock.advance(Duration.ofMinutes(10));

        new RunTimeReading(database.jdbc(), meters, clock).take();
        new EpochReading(database.jdbc(), meters).take();

        assertThat(value("mlpool.training.running")).isEqualTo(600);
        assertThat(value("mlpool.training.progress"))
                .as("one and three eighths of four")
                .isEqualTo(1.375 / 4);
        assertThat(value("mlpool.training.epoch")).isEqualTo(3);
        assertThat(meters.get("mlpool.training.loss")
                        .tag("slice", "validation")
                        .gauge()
                        .value())
                .isEqualTo(0.41);
    }

    @Test
    void aRunThatIsOverRunsNoMoreAndSaysHowLongItTook() {
        run("a", "succeeded", START, null);

        new RunTimeReading(database.jdbc(), meters, clock).take();

        assertThat(value("mlpool.training.running")).isZero();
        assertThat(value("mlpool.training.duration")).isEqualTo(60);
    }

    @Test
    void theNewestEvaluationIsTheOneThatCounts() {
        run("a", "succeeded", START, null);
        run("b", "succeeded", START.plusSeconds(100), null);
        evaluation("a", -3, 0.71);
        evaluation("b", 2, 0.79);

        new EvaluationReading(database.jdbc(), meters).take();

        assertThat(value("mlpool.evaluation.skill")).isEqualTo(0.02);
        assertThat(meters.get("mlpool.evaluation.coverage")
                        .tag("band", "80")
                        .gauge()
                        .value())
                .isEqualTo(0.79);
    }

    private void takeRuns() {
        new RunReading(database.jdbc(), List.of("price-1h"), meters).take();
    }

    /** A run that took a minute, unless it still runs. */
    private void run(String id, String state, Instant started, @Nullable String decision) {
        database.jdbc()
                .sql("""
                INSERT INTO training_run (id, model, interval, algorithm, cause, state, request, decision, created_at, started_at, finished_at)
                VALUES (:id, 'price-1h', '1h', 'lstm', 'request', :state, '{}', :decision::json, :started, :started, :finished)
                """)
                .param("id", id)
                .param("state", state)
                .param("decision", decision)
                .param("started", started.atOffset(ZoneOffset.UTC))
                .param(
                        "finished",
                        state.equals("running") ? null : started.plusSeconds(60).atOffset(ZoneOffset.UTC))
                .update();
    }

    private void epoch(String run, int part, int parts, int number, int of, double validation) {
        database.jdbc()
                .sql(
                        "INSERT INTO training_event (run_id, at, kind, content) VALUES (:run, now(), 'epoch', :content::json)")
                .param("run", run)
                .param("content", """
                        {"part": "fold-2", "number": %d, "parts": %d, "epoch": {"number": %d, "of": %d, "train_loss": 0.4,
                         "validation_loss": %s, "best": true, "windows_per_second": 9000}}""".formatted(part, parts, number, of, validation))
                .update();
    }

    private void evaluation(String run, double skill, double coverage) {
        database.jdbc()
                .sql("UPDATE training_run SET evaluation = :evaluation::json WHERE id = :run")
                .param("run", run)
                .param("evaluation", """
                        {"horizons": [{"horizon": "4h", "skill_vs_naive": %s, "coverage": {"80": %s}}]}""".formatted(skill, coverage))
                .update();
    }

    private double runs(String state) {
        return meters.get("mlpool.training.runs").tag("state", state).gauge().value();
    }

    private double failures() {
        return value("mlpool.training.failures.in.a.row");
    }

    private double decisions(String outcome) {
        return meters.get("mlpool.gate.decisions")
                .tag("outcome", outcome)
                .gauge()
                .value();
    }

    private double value(String name) {
        return meters.get(name).tag("model", "price-1h").gauge().value();
    }
}
