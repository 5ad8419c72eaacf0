package io.mlpool.training.run;

import static io.mlpool.testing.Eventually.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.mlpool.mlflow.Mlflow;
import io.mlpool.training.Assignment;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.run.TrainingSlot.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

@Timeout(60)
class TrainingTaskTest {

    private static final int EPOCHS = 2 * FakeTrainer.EPOCHS;

    @TempDir
    Path storage;

    private Pool pool;

    @BeforeEach
    void createPool() {
        pool = new Pool(storage);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void aRunIsExecutedOnceWhenTwoReplicasAreThere() throws InterruptedException {
        FakeTrainer trainer = new FakeTrainer(0);
        pool.replica(trainer);
        pool.replica(trainer);

        pool.trainings().start(Pool.request("one"), Cause.REQUEST);

        assertThat(pool.finished("one").state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(trainer.epochs()).hasSize(EPOCHS).doesNotHaveDuplicates();
        assertThat(pool.registry().versions("price-1h")).hasSize(2);
    }

    @Test
    void aFinishedRunShowsWhatItLearnedFromHowGoodItIsAndWhatTheGateSaid() throws InterruptedException {
        pool.replica(new FakeTrainer(0));

        pool.trainings().start(Pool.request("one"), Cause.SCHEDULE);

        RunView run = pool.finished("one");
        assertThat(run.cause()).isEqualTo(Cause.SCHEDULE);
        assertThat(requireNonNull(run.snapshot()).get("assets").get(0).asString())
                .isEqualTo("bitcoin");
        assertThat(requireNonNull(run.evaluation()).get("horizons").size()).isEqualTo(2);
        assertThat(requireNonNull(run.decision()).get("reason").asString()).startsWith("Not promoted: ");
        assertThat(run.version()).isEqualTo(2);
        assertThat(run.finishedAt()).isAfterOrEqualTo(run.startedAt());
    }

    @Test
    void runsOfOneModelWaitForEachOther() throws InterruptedException {
        FakeTrainer trainer = new FakeTrainer(0);
        pool.trainings().start(Pool.request("one"), Cause.REQUEST);
        pool.trainings().start(Pool.request("two"), Cause.REQUEST);
        assertThat(pool.runs().begin("one")).isPresent();

        assertThatThrownBy(() -> pool.runs().begin("two")).isInstanceOf(DuplicateKeyException.class);
        pool.runs().leave("one", 1, RunState.FAILED, "for the test");
        pool.replica(trainer);

        assertThat(pool.finished("two").state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(pool.finished("one").error()).isEqualTo("for the test");
    }

    @Test
    void aRunThatCannotSucceedFailsAndSaysWhy() throws InterruptedException {
        pool.replica(new FakeTrainer(0));

        pool.trainings()
                .start(
                        new RunRequest("lost", null, "1h", List.of("atlantis"), null, null, null, null, null, null),
                        Cause.REQUEST);

        RunView run = pool.finished("lost");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.error()).contains("no asset has enough 1h candles");
    }

    @Test
    void aRunThatLosesTheDatabaseGoesOnWhenItIsBack() throws InterruptedException {
        FakeTrainer trainer = FakeTrainer.that(epoch -> {
            if (epoch.equals("model 2")) {
                pool.loseTheDatabaseOnce();
            }
        });
        pool.replica(trainer);

        pool.trainings().start(Pool.request("patient"), Cause.REQUEST);

        RunView run = pool.finished("patient");
        assertThat(run.state()).as(run.error()).isEqualTo(RunState.SUCCEEDED);
        assertThat(trainer.epochs()).hasSize(EPOCHS).doesNotHaveDuplicates();
    }

    @Test
    void aRunningRunIsCancelledBetweenEpochs() throws InterruptedException {
        FakeTrainer trainer = FakeTrainer.that(epoch -> {
            if (epoch.equals("model 2")) {
                pool.trainings().cancel("stop");
            }
        });
        pool.replica(trainer);

        pool.trainings().start(Pool.request("stop"), Cause.REQUEST);

        assertThat(pool.finished("stop").state()).isEqualTo(RunState.CANCELLED);
        assertThat(trainer.epochs()).last().isEqualTo("model 2");
        assertThat(pool.registry().versions("price-1h")).hasSize(1);
    }

    @Test
    void aQueuedRunIsCancelledAtOnceAndNeverExecuted() throws InterruptedException {
        pool.trainings().start(Pool.request("stop"), Cause.REQUEST);

        assertThat(pool.trainings().cancel("stop").state()).isEqualTo(RunState.CANCELLED);

        FakeTrainer trainer = new FakeTrainer(0);
        pool.replica(trainer);
        pool.trainings().start(Pool.request("next"), Cause.REQUEST);
        pool.finished("next");
        assertThat(trainer.epochs()).hasSize(EPOCHS);
    }

    @Test
    void aRunWhoseProcessDiedGoesOnElsewhereAndTheDeadMayNotWriteAnyMore() throws InterruptedException {
        pool.trainings().start(Pool.request("orphan"), Cause.REQUEST);
        int dead = pool.runs().begin("orphan").orElseThrow().attempt();
        pool.database().jdbc().sql("""
                UPDATE training_tasks SET picked = true, picked_by = 'dead', last_heartbeat = now() - interval '1 hour'
                """).update();

        pool.replica(new FakeTrainer(0));

        assertThat(pool.finished("orphan").state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(lost("orphan")).isEqualTo(1);
        assertThatThrownBy(() -> pool.runs().note("orphan", dead, new RunEvent.Stage("I am not dead")))
                .isInstanceOf(SupersededException.class)
                .hasMessageContaining("attempt 1 of training run orphan");
    }

    @Test
    void anExecutionThatFailsLeavesARunAloneThatAnotherOneTookOver() {
        FakeTrainer trainer = FakeTrainer.that(epoch -> {
            if (epoch.equals("model 1")) {
                assertThat(pool.runs().begin("taken").orElseThrow().attempt()).isEqualTo(2);
                throw new IllegalStateException("too late");
            }
        });
        pool.replica(trainer);

        pool.trainings().start(Pool.request("taken"), Cause.REQUEST);

        untilNothingIsScheduled();
        assertThat(pool.trainings().find("taken").state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void anExecutionThatWaitsForTheRegistryLeavesARunAloneThatAnotherOneTookOver() {
        FakeTrainer trainer = FakeTrainer.that(epoch -> {
            if (epoch.equals("model 1")) {
                assertThat(pool.runs().begin("taken").orElseThrow().attempt()).isEqualTo(2);
                Mlflow.at(URI.create("http://localhost:1")).registeredModels().models();
            }
        });
        pool.replica(trainer);

        pool.trainings().start(Pool.request("taken"), Cause.REQUEST);

        untilNothingIsScheduled();
        assertThat(pool.trainings().find("taken").state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aRunOnAReplicaThatStopsGoesBackToTheQueueAndOnFromItsLastEpoch() throws InterruptedException {
        CountDownLatch inEpoch = new CountDownLatch(1);
        AtomicReference<Scheduler> first = new AtomicReference<>();
        FakeTrainer trainer = FakeTrainer.that(epoch -> {
            if (epoch.equals("model 1")) {
                inEpoch.countDown();
                awaitStopping(first.get());
            }
        });
        first.set(pool.replica(trainer));
        pool.trainings().start(Pool.request("moving"), Cause.REQUEST);
        assertThat(inEpoch.await(30, TimeUnit.SECONDS)).isTrue();

        first.get().stop();

        assertThat(pool.trainings().find("moving").state()).isEqualTo(RunState.QUEUED);
        FakeTrainer other = FakeTrainer.that(epoch -> {});
        pool.replica(other);
        assertThat(pool.finished("moving").state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(other.epochs()).containsExactly("model 2", "model 3");
    }

    @Test
    void aRunWaitsWhileItsProcessTrainsSomethingElseAndSaysSo() {
        TrainingSlot slot = new TrainingSlot(1, Clock.systemUTC());
        RunExecution execution = pool.execution(new FakeTrainer(0), slot);
        pool.trainings().start(Pool.request("second"), Cause.REQUEST);
        try (TrainingSlot.Turn _ = slot.enter(Kind.BACKTEST, "first").orElseThrow()) {
            assertThat(execution.execute("second", () -> false)).contains(TrainingSlot.WAIT);
            assertThat(execution.execute("second", () -> false)).contains(TrainingSlot.WAIT);

            RunView waiting = pool.trainings().find("second");
            assertThat(waiting.state()).isEqualTo(RunState.QUEUED);
            assertThat(requireNonNull(waiting.progress()).get("message").asString())
                    .isEqualTo(TrainingSlot.WAITING);
            assertThat(pool.runs().events("second", 0)).as("told once").hasSize(2);
        }

        assertThat(execution.execute("second", () -> false)).isEmpty();
        assertThat(pool.trainings().find("second").state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(slot.enter(Kind.RUN, "next")).as("it is left").isPresent();
    }

    @Test
    void aRunThatWaitsAndIsCancelledOrCannotBeginKeepsNobodyWaiting() {
        TrainingSlot slot = new TrainingSlot(1, Clock.systemUTC());
        RunExecution execution = pool.execution(new FakeTrainer(0), slot);
        pool.trainings().start(Pool.request("cancelled"), Cause.REQUEST);
        pool.trainings().start(Pool.request("blocked"), Cause.REQUEST);
        pool.trainings().start(Pool.request("elsewhere"), Cause.REQUEST);
        try (TrainingSlot.Turn _ = slot.enter(Kind.BACKTEST, "first").orElseThrow()) {
            execution.execute("cancelled", () -> false);
            execution.execute("blocked", () -> false);
            assertThat(slot.isWantedByRun()).isTrue();
            pool.trainings().cancel("cancelled");
            pool.runs().begin("elsewhere");

            assertThat(execution.execute("cancelled", () -> false)).isEmpty();
            assertThat(execution.execute("blocked", () -> false)).isPresent();

            assertThat(slot.isWantedByRun()).isFalse();
        }
        RunView blocked = pool.trainings().find("blocked");
        assertThat(blocked.state()).isEqualTo(RunState.QUEUED);
        assertThat(requireNonNull(blocked.progress()).get("message").asString())
                .isEqualTo("Waiting until another run of its model is over");
    }

    @Test
    void afterThreeProcessesThatDiedAtTheSamePlaceARunFailsAndSaysWhatToDo() throws InterruptedException {
        pool.trainings().start(Pool.request("doomed"), Cause.REQUEST);
        for (int process = 0; process < 3; process++) {
            died("doomed", epoch(1));
        }

        pool.replica(new FakeTrainer(0));

        RunView run = pool.finished("doomed");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.error())
                .startsWith("3 processes ended in it one after the other and none got further")
                .contains("Give training more (MLPOOL_MEMORY");
    }

    @Test
    void aRunGoesOnHoweverManyProcessesDieWhileEachGetsFurther() throws InterruptedException {
        pool.trainings().start(Pool.request("lucky"), Cause.REQUEST);
        for (int process = 1; process <= 5; process++) {
            died("lucky", epoch(process));
        }

        pool.replica(new FakeTrainer(0));

        assertThat(pool.finished("lucky").state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aDatabaseThatGoesAwayAgainAndAgainIsNotTakenForProcessesThatDied() {
        FakeTrainer trainer = FakeTrainer.that(epoch -> {
            if (epoch.startsWith("fold-1")) {
                pool.loseTheDatabaseOnce();
            }
        });
        RunExecution execution = pool.execution(trainer, new TrainingSlot(1, Clock.systemUTC()));
        pool.trainings().start(Pool.request("patient"), Cause.REQUEST);
        for (int away = 0; away < FakeTrainer.EPOCHS; away++) {
            assertThat(execution.execute("patient", () -> false)).isPresent();
            pool.loseTheDatabaseOnce();
            assertThatThrownBy(() -> execution.execute("patient", () -> false))
                    .isInstanceOf(TransactionException.class);
        }

        assertThat(execution.execute("patient", () -> false)).isEmpty();

        assertThat(pool.trainings().find("patient").state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(lost("patient")).isZero();
    }

    private void died(String run, RunEvent after) {
        pool.runs().note(run, pool.runs().begin(run).orElseThrow().attempt(), after);
        pool.runs().died(run);
    }

    private int lost(String run) {
        return pool.database()
                .jdbc()
                .sql("SELECT lost FROM training_run WHERE id = :id")
                .param("id", run)
                .query(Integer.class)
                .single();
    }

    private static RunEvent epoch(int number) {
        return new RunEvent.EpochFinished("model", 2, 2, new Assignment.Epoch(number, 9, 1, 1, true, 1));
    }

    private static void awaitStopping(Scheduler scheduler) {
        while (!scheduler.getSchedulerState().isShuttingDown()) {
            Thread.onSpinWait();
        }
    }

    private void untilNothingIsScheduled() {
        eventually(() -> assertThat(pool.database()
                        .jdbc()
                        .sql("SELECT count(*) FROM training_tasks")
                        .query(Integer.class)
                        .single())
                .isZero());
    }
}
