package io.mlpool.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.market.Interval;
import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelAliases;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.SettableClock;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TestCandles;
import io.mlpool.training.TrainingCancelledException;
import io.mlpool.training.promotion.PromotionDecision;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs that were killed or stopped: what is done is not done again, and what was made of other input is thrown away. */
class TrainingRunResumedTest extends TrainedPool {

    @Test
    void aRunStopsWhileItJudgesAndGoesOnFromThere() {
        FakeTrainer trainer = new FakeTrainer(1);
        int stops = 0;
        boolean over = false;
        while (!over) {
            try {
                run(trainer).execute(spec("stopped"), new StoppingWhileItJudges(stops + 1));
                over = true;
            } catch (TrainingCancelledException e) {
                stops++;
                assertThat(registry.versions("price-1h"))
                        .as("only the naive one")
                        .hasSize(1);
            }
        }

        assertThat(stops).as("the fold, the held-out slice, the champion").isGreaterThanOrEqualTo(3);
        assertThat(trainer.epochs()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(registry.versions("price-1h")).hasSize(2);
    }

    @Test
    void aTrainingKilledInAnEpochGoesOnAfterItAndRegistersOnce() {
        FakeTrainer trainer = new FakeTrainer(1);
        assertThatThrownBy(() -> run(trainer).execute(spec("killed"), killAt("fold-2", 2)))
                .isInstanceOf(Killed.class);

        run(trainer).execute(spec("killed"), events::add);

        assertThat(trainer.epochs())
                .containsExactly(
                        "fold-1 1",
                        "fold-1 2",
                        "fold-1 3",
                        "fold-2 1",
                        "fold-2 2",
                        "fold-2 3",
                        "model 1",
                        "model 2",
                        "model 3");
        assertThat(registry.versions("price-1h")).hasSize(2);
    }

    @Test
    void aTrainingKilledBetweenRegistrationAndAliasOnlySetsTheAlias() {
        FakeTrainer trainer = new FakeTrainer(1);
        run(trainer).execute(spec("killed"), events::add);
        registry.assign("price-1h", Alias.CHAMPION, 1);
        int epochs = trainer.epochs().size();

        PromotionDecision decision = run(trainer).execute(spec("killed"), events::add);

        assertThat(decision.promoted()).isTrue();
        assertThat(trainer.epochs()).hasSize(epochs);
        assertThat(registry.find("price-1h", Alias.CHAMPION))
                .map(ModelVersion::version)
                .hasValue(2);
    }

    @Test
    void aTrainingKilledWhileItPromotesLeavesNoChallengerBehind() {
        run(new FakeTrainer(-1)).execute(spec("worse"), events::add);
        registry.assign("price-1h", Alias.CHALLENGER, 2);
        SettableClock clock = new SettableClock(TestCandles.START);
        assertThatThrownBy(() ->
                        run(new FakeTrainer(1), clock, killedAfterAChange()).execute(spec("better"), events::add))
                .isInstanceOf(Killed.class);

        run(new FakeTrainer(1)).execute(spec("better"), events::add);

        assertThat(registry.aliases())
                .containsExactly(new ModelAliases("price-1h", Map.of(Alias.CHAMPION, 3), Map.of()));
    }

    @Test
    void aBundleThatIsMadeAgainIsTheSameToTheBit() {
        SettableClock clock = new SettableClock(TestCandles.START);
        assertThatThrownBy(
                        () -> run(new FakeTrainer(1), clock, registry).execute(spec("killed"), killWhen("Comparing")))
                .isInstanceOf(Killed.class);
        String before = ForecastBundle.read(storage.resolve("runs/killed/bundle"))
                .bundle()
                .digest();
        clock.advance(Duration.ofHours(1));

        run(new FakeTrainer(1), clock, registry).execute(spec("killed"), events::add);

        assertThat(registry.fetch(registry.find("price-1h", 2).orElseThrow()).digest())
                .isEqualTo(before);
    }

    @Test
    void aRunThatAnotherVersionOfTheCodeJudgedIsJudgedAgain() throws IOException {
        assertThatThrownBy(() -> run(new FakeTrainer(1)).execute(spec("killed"), killWhen("Comparing")))
                .isInstanceOf(Killed.class);
        Files.writeString(storage.resolve("runs/killed/evaluation.json"), "{\"score\":64}");

        assertThat(run(new FakeTrainer(1)).execute(spec("killed"), events::add).promoted())
                .isTrue();
    }

    @Test
    void aRunThatGoesOnWithCorrectedCandlesStartsOver() {
        FakeTrainer trainer = new FakeTrainer(1);
        assertThatThrownBy(() -> run(trainer).execute(spec("killed"), killAt("fold-1", 3)))
                .isInstanceOf(Killed.class);
        database.jdbc()
                .sql("UPDATE candle SET close = close * 1.0001, high = high * 1.01")
                .update();

        run(trainer).execute(spec("killed"), events::add);

        assertThat(trainer.epochs()).startsWith("fold-1 1", "fold-1 2", "fold-1 3", "fold-1 1");
    }

    @Test
    void aRunThatGoesOnWithOtherHyperParametersStartsOver() {
        assertThatThrownBy(() -> run(new FakeTrainer(1)).execute(spec("killed"), killAt("model", 1)))
                .isInstanceOf(Killed.class);
        FakeTrainer other = new FakeTrainer(0.5f);

        run(other).execute(spec("killed"), events::add);

        assertThat(other.epochs())
                .as("forecasts of folds that were trained otherwise say nothing about this model")
                .hasSize(9);
    }

    @Test
    void aRunThatAnotherVersionOfTheCodeBeganStartsOver() throws IOException {
        FakeTrainer trainer = new FakeTrainer(1);
        assertThatThrownBy(() -> run(trainer).execute(spec("killed"), killAt("fold-1", 3)))
                .isInstanceOf(Killed.class);
        Files.writeString(storage.resolve("runs/killed/params.json"), "{\"lookback\":64}");

        run(trainer).execute(spec("killed"), events::add);

        assertThat(trainer.epochs()).hasSize(3 + 9);
    }

    @Test
    void candlesThatComeInWhileARunIsDownAreForTheNextRun() {
        FakeTrainer trainer = new FakeTrainer(1);
        assertThatThrownBy(() -> run(trainer).execute(spec("killed"), killAt("model", 1)))
                .isInstanceOf(Killed.class);
        new TestCandles(database.dataSource())
                .load("bitcoin", Interval.ONE_HOUR, TestCandles.START.plus(Duration.ofHours(BARS)), 2000, 2001);

        run(trainer).execute(spec("killed"), events::add);

        assertThat(trainer.epochs()).hasSize(9);
    }

    private RunEvent.Listener killAt(String part, int epoch) {
        return event -> {
            if (event instanceof RunEvent.EpochFinished finished
                    && finished.part().equals(part)
                    && finished.epoch().number() == epoch) {
                throw new Killed();
            }
        };
    }

    /** The registry, for a process that is killed right after it first changed an alias. */
    private ModelRegistry killedAfterAChange() {
        return (ModelRegistry) Proxy.newProxyInstance(
                ModelRegistry.class.getClassLoader(), new Class<?>[] {ModelRegistry.class}, (_, method, arguments) -> {
                    Object answer = method.invoke(registry, arguments);
                    if (method.getName().endsWith("assign")) {
                        throw new Killed();
                    }
                    return answer;
                });
    }

    /** Stops when a model is asked for the n-th time. */
    private static final class StoppingWhileItJudges implements RunEvent.Listener {

        private int left;

        StoppingWhileItJudges(int call) {
            left = call;
        }

        @Override
        public void heard(RunEvent event) {}

        @Override
        public void working() {
            if (--left == 0) {
                throw new TrainingCancelledException("while it judged");
            }
        }
    }
}
