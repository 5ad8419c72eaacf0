package io.mlpool.training.backtest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.Horizon;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.Databases;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.SmallSettings;
import io.mlpool.training.TestCandles;
import io.mlpool.training.Trainers;
import io.mlpool.training.TrainingServer;
import io.mlpool.training.naive.NaiveTrainer;
import io.mlpool.training.pipeline.Retrainings;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.run.RunState;
import io.mlpool.training.run.TrainingSlot;
import io.mlpool.training.run.TrainingSlot.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;

/** What becomes of backtests whose processes end, or that are more than one. */
class BacktestTaskTest {

    private static final TestDatabase MARKET = TrainingServer.market();

    private static final TrainingSettings SETTINGS = SmallSettings.of(1);

    @TempDir
    private Path storage;

    private final SettableClock clock = new SettableClock(TestCandles.START);
    private final TrainingSlot slot = new TrainingSlot(1, clock);
    private final BacktestStore store = new BacktestStore(MARKET.jdbc(), clock);

    @BeforeEach
    void none() {
        MARKET.jdbc().sql("DELETE FROM backtest").update();
    }

    @Test
    void itGoesOnElsewhereWhenItsProcessEndsAndNoEpochIsRepeated() {
        AtomicBoolean stopping = new AtomicBoolean();
        FakeTrainer trainer = FakeTrainer.that(epoch -> stopping.set(epoch.equals("fold-2 2")));
        store.add(spec("moved"));

        assertThat(task(trainer, 5).execute("moved", stopping::get)).contains(Duration.ZERO);
        assertThat(state("moved")).isEqualTo(RunState.QUEUED);
        assertThat(task(trainer, 5).execute("moved", () -> false)).isEmpty();

        assertThat(state("moved")).isEqualTo(RunState.SUCCEEDED);
        assertThat(trainer.epochs()).hasSize(2 * FakeTrainer.EPOCHS).doesNotHaveDuplicates();
        assertThat(store.result("moved").orElseThrow().folds()).hasSize(2);
    }

    @Test
    void anExecutionThatWasTakenOverWritesNothingMore() {
        store.add(spec("taken"));
        FakeTrainer superseded = FakeTrainer.that(epoch -> begin("taken"));

        assertThat(task(superseded, 5).execute("taken", () -> false)).isEmpty();
        assertThat(state("taken")).isEqualTo(RunState.RUNNING);
        assertThat(superseded.epochs()).as("it stops at once").hasSize(1);

        assertThat(task(new FakeTrainer(0), 5).execute("taken", () -> false)).isEmpty();
        assertThat(state("taken")).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void oneWaitsWhileAnotherIsRunning() {
        store.add(spec("first"));
        store.add(spec("second"));
        begin("first");

        assertThat(task(new FakeTrainer(0), 5).execute("second", () -> false)).isPresent();

        assertThat(state("second")).isEqualTo(RunState.QUEUED);
        assertThat(message("second")).isEqualTo("Waiting until another backtest is over");
    }

    @Test
    void oneThatGaveWayGoesOnBeforeAnotherBegins() {
        FakeTrainer trainer = new FakeTrainer(0);
        store.add(spec("first"));
        store.add(spec("second"));
        store.leave(begun("first"), RunState.QUEUED, null);

        assertThat(task(trainer, 5).execute("second", () -> false)).isPresent();
        assertThat(task(trainer, 5).execute("first", () -> false)).isEmpty();
        assertThat(task(trainer, 5).execute("second", () -> false)).isEmpty();

        assertThat(state("second")).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void oneWhoseProcessDiedIsNotKeptFromGoingOnByOneThatGaveWayBefore() {
        store.add(spec("first"));
        store.add(spec("second"));
        store.leave(begun("first"), RunState.QUEUED, null);
        clock.advance(Duration.ofSeconds(1));
        begin("second");

        assertThat(task(new FakeTrainer(0), 5).execute("first", () -> false)).isPresent();
        assertThat(task(new FakeTrainer(0), 5).execute("second", () -> false)).isEmpty();

        assertThat(state("second")).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void theNewestAreKeptAndOlderOnesGoWithTheirFiles() {
        for (String id : List.of("oldest", "older", "newest")) {
            store.add(spec(id));
            clock.advance(Duration.ofHours(1));
            task(new FakeTrainer(0), 2).execute(id, () -> false);
        }

        assertThat(store.latest(10)).extracting(BacktestView::id).containsExactly("newest", "older");
        assertThat(storage.resolve("backtests/oldest")).doesNotExist();
        assertThat(storage.resolve("backtests/older/forecasts.csv")).exists();
    }

    @Test
    void whatGapsDoNotAllowForFailsInWordsAndWhatDoesNotFitIntoMemoryDoesNotBeginAgain() {
        store.add(new BacktestSpec(
                "early",
                Interval.ONE_HOUR,
                List.of(),
                hour(300),
                hour(800),
                Horizon.of("30d"),
                Algorithm.LSTM,
                1,
                Map.of(),
                1000));
        store.add(spec("large"));

        assertThat(task(new FakeTrainer(0), 5).execute("early", () -> false)).isEmpty();
        assertThat(store.find("early").orElseThrow().error())
                .startsWith("there is nothing to learn from before " + hour(300));
        FakeTrainer outOfMemory = FakeTrainer.that(epoch -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(task(outOfMemory, 5).execute("large", () -> false)).isEmpty();
        assertThat(store.find("large").orElseThrow().error()).isEqualTo("Java heap space");
    }

    @Test
    void afterThreeProcessesThatDiedAtTheSamePlaceItFailsAndSaysWhatToDo() {
        store.add(spec("doomed"));
        died("doomed", progress(1, 2));
        died("doomed", progress(1, 1));
        died("doomed", progress(1, 2));

        assertThat(task(new FakeTrainer(0), 5).execute("doomed", () -> false)).isEmpty();

        assertThat(state("doomed")).isEqualTo(RunState.FAILED);
        assertThat(store.find("doomed").orElseThrow().error())
                .startsWith("3 processes ended in it one after the other and none got further than the first")
                .contains("Give training more (MLPOOL_MEMORY", "fewer assets", "a cheaper algorithm");
    }

    @Test
    void itGoesOnHoweverManyProcessesDieWhileEachGetsFurtherOrLeavesItInOrder() {
        store.add(spec("lucky"));
        for (int place = 0; place < 6; place++) {
            died("lucky", progress(1 + place / 3, 1 + place % 3));
        }
        for (int stop = 0; stop < 4; stop++) {
            store.leave(begun("lucky"), RunState.QUEUED, null);
            store.died("lucky");
        }

        assertThat(task(new FakeTrainer(0), 5).execute("lucky", () -> false)).isEmpty();

        assertThat(state("lucky")).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aDatabaseThatGoesAwayAgainAndAgainIsNotTakenForProcessesThatDied() {
        AtomicInteger times = new AtomicInteger();
        FakeTrainer trainer = FakeTrainer.that(epoch -> {
            if (times.incrementAndGet() <= 4) {
                throw new DataAccessResourceFailureException("away");
            }
        });
        store.add(spec("patient"));
        BacktestTask task = task(trainer, 5);
        for (int away = 0; away < 4; away++) {
            assertThat(task.execute("patient", () -> false)).isPresent();
        }

        assertThat(task.execute("patient", () -> false)).isEmpty();

        assertThat(state("patient")).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void itWaitsWhileThisProcessTrainsSomethingElseAndSaysSo() {
        store.add(spec("patient"));
        try (TrainingSlot.Turn _ = slot.enter(Kind.RUN, "one").orElseThrow()) {
            assertThat(task(new FakeTrainer(0), 5).execute("patient", () -> false))
                    .contains(TrainingSlot.WAIT);

            assertThat(state("patient")).isEqualTo(RunState.QUEUED);
            assertThat(message("patient")).isEqualTo(TrainingSlot.WAITING);
        }
        assertThat(task(new FakeTrainer(0), 5).execute("patient", () -> false)).isEmpty();
        assertThat(state("patient")).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void oneThatWaitsOrWasCancelledDoesNotMakeAnotherGiveWay() {
        FakeTrainer trainer = new FakeTrainer(0);
        store.add(spec("long"));
        store.add(spec("next"));
        store.add(spec("cancelled"));
        try (TrainingSlot.Turn _ = slot.enter(Kind.RUN, "before").orElseThrow()) {
            for (String id : List.of("long", "next", "cancelled")) {
                assertThat(task(trainer, 5).execute(id, () -> false)).contains(TrainingSlot.WAIT);
            }
        }
        store.cancel("cancelled");

        assertThat(task(trainer, 5).execute("long", () -> false)).isEmpty();
        assertThat(task(trainer, 5).execute("next", () -> false)).isEmpty();
        assertThat(task(trainer, 5).execute("cancelled", () -> false)).isEmpty();

        assertThat(state("long")).isEqualTo(RunState.SUCCEEDED);
        assertThat(state("next")).isEqualTo(RunState.SUCCEEDED);
        assertThat(state("cancelled")).isEqualTo(RunState.CANCELLED);
    }

    @Test
    void afterEachModelItLetsARunPassThatWaitsAndGoesOnFromThere() {
        FakeTrainer trainer = new FakeTrainer(0);
        store.add(spec("long"));
        assertThat(waitsInLine("long", "one", trainer)).isTrue();

        assertThat(task(trainer, 5).execute("long", () -> false)).contains(TrainingSlot.WAIT);

        assertThat(trainer.epochs()).as("a model at least").hasSize(FakeTrainer.EPOCHS);
        assertThat(state("long")).isEqualTo(RunState.QUEUED);
        assertThat(message("long")).isEqualTo(TrainingSlot.WAITING);
        try (TrainingSlot.Turn _ = slot.enter(Kind.RUN, "one").orElseThrow()) {
            assertThat(task(trainer, 5).execute("long", () -> false)).contains(TrainingSlot.WAIT);
        }
        assertThat(task(trainer, 5).execute("long", () -> false)).isEmpty();
        assertThat(state("long")).isEqualTo(RunState.SUCCEEDED);
        assertThat(trainer.epochs()).hasSize(2 * FakeTrainer.EPOCHS).doesNotHaveDuplicates();
    }

    /** Both ask while something else is trained, the backtest first. */
    private boolean waitsInLine(String backtest, String run, FakeTrainer trainer) {
        try (TrainingSlot.Turn _ = slot.enter(Kind.RUN, "before").orElseThrow()) {
            return task(trainer, 5).execute(backtest, () -> false).isPresent()
                    && slot.enter(Kind.RUN, run).isEmpty();
        }
    }

    private BacktestTask task(FakeTrainer trainer, int keep) {
        StoredFolder folder = StoredFolder.plain(storage);
        Retrainings retrainings = new Retrainings(
                Databases.reader(MARKET.dataSource()), new Trainers(List.of(new NaiveTrainer(), trainer)), SETTINGS);
        return new BacktestTask(
                store, new Backtest(retrainings, folder), new BacktestArchive(store, folder, keep), slot);
    }

    private void begin(String id) {
        assertThat(store.begin(id)).isPresent();
    }

    private BacktestStore.Begun begun(String id) {
        return store.begin(id).orElseThrow();
    }

    private void died(String id, BacktestProgress after) {
        store.note(begun(id), after);
        store.died(id);
    }

    private static BacktestProgress progress(int fold, int epoch) {
        return new BacktestProgress("Training", fold, 2, epoch, FakeTrainer.EPOCHS);
    }

    private String message(String id) {
        return requireNonNull(store.find(id).orElseThrow().progress())
                .path("message")
                .asString();
    }

    private RunState state(String id) {
        return store.find(id).orElseThrow().state();
    }

    private static BacktestSpec spec(String id) {
        return new BacktestSpec(
                id,
                Interval.ONE_HOUR,
                List.of("bitcoin"),
                hour(600),
                hour(800),
                Horizon.of("100h"),
                Algorithm.LSTM,
                1,
                Map.of(),
                1000);
    }

    private static Instant hour(int hour) {
        return TestCandles.START.plus(Duration.ofHours(hour));
    }
}
