package io.mlpool.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mlpool.market.Interval;
import io.mlpool.registry.Alias;
import io.mlpool.testing.ConstantModel;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TestCandles;
import io.mlpool.training.pipeline.TrainingSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TriggersTest {

    private static final Duration QUIET = Duration.ofDays(1);

    @TempDir
    Path storage;

    private Pool pool;
    private Triggers triggers;

    @BeforeEach
    void createPool() {
        pool = new Pool(storage);
        triggers = triggers(100);
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void aFirstRunStartsWhenTheCandlesHaveComeToRest() {
        triggers.look(Interval.ONE_HOUR);
        assertThat(runs()).as("perhaps an import is going on").isEmpty();

        triggers.look(Interval.ONE_HOUR);

        assertThat(runs()).extracting(RunView::cause).containsExactly(Cause.NEW_CANDLES);
    }

    @Test
    void noRunStartsWhileCandlesPourIn() {
        triggers.look(Interval.ONE_HOUR);
        more(800, 50);
        triggers.look(Interval.ONE_HOUR);
        more(850, 50);
        triggers.look(Interval.ONE_HOUR);

        assertThat(runs()).isEmpty();
    }

    @Test
    void noSecondRunStartsWhileOneIsQueued() {
        for (int look = 0; look < 5; look++) {
            triggers.look(Interval.ONE_HOUR);
        }

        assertThat(runs()).hasSize(1);
    }

    @Test
    void theNextRunStartsAfterAsManyNewCandlesAsAreSet() throws InterruptedException {
        pool.replica(new FakeTrainer(0));
        pool.trainings().start(Pool.request("first"), Cause.REQUEST);
        pool.finished("first");

        more(800, 99);
        triggers.look(Interval.ONE_HOUR);
        triggers.look(Interval.ONE_HOUR);
        assertThat(runs()).hasSize(1);

        more(899, 1);
        triggers.look(Interval.ONE_HOUR);
        triggers.look(Interval.ONE_HOUR);
        assertThat(runs()).hasSize(2);
    }

    @Test
    void aRunThatFailedForWantOfHistoryIsNotTriedAgainBeforeThereIsMore() {
        triggers.look(Interval.ONE_HOUR);
        triggers.look(Interval.ONE_HOUR);
        String failed = runs().getFirst().id();
        int attempt = pool.runs().begin(failed).orElseThrow().attempt();
        pool.runs().leave(failed, attempt, RunState.FAILED, "no asset has enough history");

        triggers.look(Interval.ONE_HOUR);
        triggers.look(Interval.ONE_HOUR);
        assertThat(runs()).hasSize(1);

        pool.database()
                .jdbc()
                .sql("UPDATE candle SET ingested_at = now() + interval '1 minute'")
                .update();
        triggers.look(Interval.ONE_HOUR);
        triggers.look(Interval.ONE_HOUR);
        assertThat(runs()).hasSize(2);
    }

    @Test
    void aRunStartsWhileTrialsOfAStudyWait() {
        trial();

        triggers.look(Interval.ONE_HOUR);
        triggers.look(Interval.ONE_HOUR);

        assertThat(runs()).extracting(RunView::cause).containsExactly(Cause.NEW_CANDLES);
    }

    @Test
    void candlesAreNewStillWhenAStudyIsCancelledBeforeItsTrialsReadThem() {
        pool.runs().cancel(trial());

        triggers.look(Interval.ONE_HOUR);
        triggers.look(Interval.ONE_HOUR);

        assertThat(runs()).extracting(RunView::cause).containsExactly(Cause.NEW_CANDLES);
    }

    @Test
    void zeroSwitchesItOff() {
        Triggers off = triggers(0);
        off.look(Interval.ONE_HOUR);
        off.look(Interval.ONE_HOUR);

        assertThat(runs()).isEmpty();
    }

    @Test
    void everyAlgorithmThatIsSetIsTrainedInItsTurn() {
        Triggers both = triggers(100, "naive", "lstm");
        for (int look = 0; look < 4; look++) {
            both.look(Interval.ONE_HOUR);
        }

        assertThat(runs()).extracting(run -> run.algorithm()).containsExactlyInAnyOrder("naive", "lstm");
    }

    @Test
    void aChampionWithANetworkIsFineTunedBesideAFreshFit() {
        pool.registry()
                .register(ConstantModel.bundle(storage.resolve("bundle"), "earlier"), Map.of("algorithm", "lstm"));
        pool.registry().assign("price-1h", Alias.CHAMPION, 1);
        triggers.look(Interval.ONE_HOUR);
        triggers.look(Interval.ONE_HOUR);

        assertThat(runs())
                .extracting(run -> run.request().get("fine_tune").asBoolean())
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void anAlgorithmThatThereIsNotStopsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> triggers(100, "oracle"))
                .withMessageContaining("oracle")
                .withMessageContaining("lstm");
    }

    private Triggers triggers(long newCandles) {
        return triggers(newCandles, "lstm");
    }

    private Triggers triggers(long newCandles, String... algorithms) {
        TriggerProperties properties = new TriggerProperties(
                List.of("1h"), List.of(algorithms), true, "-", newCandles, Duration.ofMinutes(1), true, true, QUIET);
        return new Triggers(
                properties, pool.triggered(properties), pool.database().jdbc());
    }

    /** A queued trial of the hourly model. */
    private String trial() {
        pool.database().jdbc().sql("""
                        INSERT INTO study (id, model, executed_by, request, trials, created_at)
                        VALUES ('study', 'price-1h', 'service', '{}', 1, now())
                        """).update();
        pool.runs().add(TrainingSpec.of("study-0", Interval.ONE_HOUR), Cause.STUDY, new StudyPart("study", 0, false));
        return "study-0";
    }

    private List<RunView> runs() {
        return pool.runs().latest(Optional.of("price-1h"), Optional.empty(), 10);
    }

    private void more(int from, int count) {
        new TestCandles(pool.database().dataSource())
                .load(
                        "bitcoin",
                        Interval.ONE_HOUR,
                        TestCandles.START.plus(Duration.ofHours(from)),
                        TestCandles.walk(count, 0, 2));
    }
}
