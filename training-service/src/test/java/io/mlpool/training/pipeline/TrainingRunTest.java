package io.mlpool.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.Horizon;
import io.mlpool.model.ModelBundle;
import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelAliases;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.Assignment;
import io.mlpool.training.Databases;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TestCandles;
import io.mlpool.training.Trainer;
import io.mlpool.training.TrainingCancelledException;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.evaluation.AsymmetricCost;
import io.mlpool.training.naive.NaiveTrainer;
import io.mlpool.training.promotion.GateRules;
import io.mlpool.training.promotion.PromotionDecision;
import io.mlpool.training.report.ReportFolder;
import io.mlpool.training.report.Xml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

    private static final int BARS = 1500;

    private static final TrainingSettings SETTINGS = new TrainingSettings(
            Map.of(Interval.ONE_HOUR, List.of(Horizon.of("1h"), Horizon.of("4h"))),
            4,
            0.2,
            0.18,
            2,
            100,
            10_000,
            10_000,
            new AsymmetricCost(2, 1),
            new GateRules(0.05, 50, 5));

    private final TestDatabase database = TestDatabase.create();
    private final List<RunEvent> events = new ArrayList<>();

    @TempDir
    Path storage;

    private FolderRegistry registry;

    @BeforeEach
    void loadAMarketThatBeginsToRise() {
        registry = new FolderRegistry(storage.resolve("registry"));
        double[] closes = TestCandles.walk(BARS, 0, 1);
        for (int i = BARS * 4 / 5; i < BARS; i++) {
            closes[i] *= Math.exp(0.01 * (i - BARS * 4 / 5));
        }
        new TestCandles(database.dataSource()).load("bitcoin", Interval.ONE_HOUR, TestCandles.START, closes);
    }

    @Test
    void aModelThatSeesMoreThanTheNaiveOneGoesLive() {
        PromotionDecision decision = run(new FakeTrainer(1)).execute(spec("first"), events::add);

        assertThat(decision.promoted()).as(decision.reason()).isTrue();
        assertThat(registry.find("price-1h", Alias.CHAMPION))
                .map(ModelVersion::runId)
                .hasValue("first");
        assertThat(events.getLast()).isEqualTo(new RunEvent.Decided(decision, 2));
    }

    @Test
    void theNaiveModelIsTheFirstChampionAndStaysWhenNothingBeatsIt() {
        PromotionDecision decision = run(new FakeTrainer(-1)).execute(spec("worse"), events::add);

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).contains("higher than that of the naive");
        ModelVersion champion = registry.find("price-1h", Alias.CHAMPION).orElseThrow();
        assertThat(champion.version()).isEqualTo(1);
        assertThat(ModelBundle.read(registry.fetch(champion)).manifest().algorithm())
                .isEqualTo(Algorithm.NAIVE);
    }

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
    void aBundleSaysWhereItComesFrom() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);

        ModelVersion version = registry.find("price-1h", 2).orElseThrow();
        ModelBundle bundle = ModelBundle.read(registry.fetch(version));
        Instant end = TestCandles.START.plus(Duration.ofHours(BARS));
        assertThat(bundle.manifest().provenance().dataVersion())
                .isEqualTo(version.tags().get("data_version"))
                .hasSize(64);
        assertThat(bundle.manifest().provenance().trainedUntil())
                .as("training ends where the held-out fifth of the time begins")
                .isBetween(end.minus(Duration.ofHours(230)), end.minus(Duration.ofHours(200)));
        assertThat(bundle.manifest().metrics()).containsKeys("wql_1h", "skill_vs_naive_4h", "coverage_80_1h");
        assertThat(version.tags().get("decision")).startsWith("Promoted: ");
    }

    @Test
    void calibrationIsFittedBeforeTheHeldOutSlice() {
        run(new FakeTrainer(1, 1)).execute(spec("first"), events::add);

        ModelBundle bundle =
                ModelBundle.read(registry.fetch(registry.find("price-1h", 2).orElseThrow()));
        assertThat(bundle.manifest().calibration().offsets().getFirst().get(3))
                .as("before the rise the shift by one was wrong, and only that may be known")
                .isCloseTo(-1, within(0.15));
    }

    @Test
    void noTrainingSliceReachesIntoTheHeldOutSlice() {
        FakeTrainer trainer = new FakeTrainer(0);
        run(trainer).execute(spec("first"), events::add);

        Instant heldOut = events.stream()
                .filter(RunEvent.Evaluated.class::isInstance)
                .map(event -> ((RunEvent.Evaluated) event).evaluation().from())
                .findFirst()
                .orElseThrow();
        assertThat(trainer.trainSlices()).hasSize(3).allSatisfy(slice -> assertThat(
                        slice.asOf(slice.size() - 1).plus(Duration.ofHours(4)))
                .isBeforeOrEqualTo(heldOut));
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
        String before = ModelBundle.read(storage.resolve("runs/killed/bundle")).digest();
        clock.advance(Duration.ofHours(1));

        run(new FakeTrainer(1), clock, registry).execute(spec("killed"), events::add);

        assertThat(ModelBundle.read(registry.fetch(registry.find("price-1h", 2).orElseThrow()))
                        .digest())
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
    void aCandidateIsNotPromotedOverAChampionThatItWasNotComparedWith() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        run(new FakeTrainer(1.2f)).execute(spec("second"), events::add);
        registry.assign("price-1h", Alias.CHAMPION, 3);

        PromotionDecision decision = run(new FakeTrainer(1)).execute(spec("first"), events::add);

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).contains("version 3 became the champion");
        assertThat(registry.find("price-1h", Alias.CHAMPION))
                .map(ModelVersion::version)
                .hasValue(3);
    }

    @Test
    void aRunThatIsRepeatedWithTheSameCandlesHasTheSameDataVersion() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        run(new FakeTrainer(1)).execute(spec("again"), events::add);

        assertThat(events.stream().filter(RunEvent.Snapshot.class::isInstance).distinct())
                .hasSize(1);
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

    @Test
    void aCancelledRunRegistersNothingOfItsOwn() {
        assertThatThrownBy(() -> run(new FakeTrainer(1)).execute(spec("stopped"), event -> {
                    if (event instanceof RunEvent.EpochFinished) {
                        throw new TrainingCancelledException("stopped");
                    }
                }))
                .isInstanceOf(TrainingCancelledException.class);

        assertThat(registry.versions("price-1h"))
                .extracting(ModelVersion::runId)
                .containsExactly("stopped-naive");
    }

    @Test
    void fineTuningStartsFromTheChampionsNetworkButFoldsDoNot() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        FakeTrainer trainer = new FakeTrainer(1);
        TrainingSpec tuned =
                new TrainingSpec("tuned", Interval.ONE_HOUR, List.of(), Optional.empty(), Algorithm.LSTM, true, 1);

        run(trainer).execute(tuned, events::add);

        Path network =
                registry.fetch(registry.find("price-1h", 2).orElseThrow()).resolve("network.zip");
        assertThat(trainer.assignments().getLast().startFrom()).hasValue(network);
        assertThat(trainer.assignments().getFirst().startFrom())
                .as("the champion has seen what the folds are judged on")
                .isEmpty();
        assertThat(ModelBundle.read(registry.fetch(registry.find("price-1h", 3).orElseThrow()))
                        .manifest()
                        .provenance()
                        .parentVersion())
                .isEqualTo(2);
    }

    @Test
    void aRunWithTooLittleHistorySaysSo() {
        TrainingSpec early = new TrainingSpec(
                "early",
                Interval.ONE_HOUR,
                List.of(),
                Optional.of(TestCandles.START.plus(Duration.ofHours(300))),
                Algorithm.LSTM,
                false,
                1);

        assertThatThrownBy(() -> run(new FakeTrainer(0)).execute(early, events::add))
                .isInstanceOf(NoDataException.class)
                .hasMessageContaining("bitcoin=300 candles, no 364 in a row");
    }

    @Test
    void theRunFolderKeepsParametersEpochsAndDecision() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);

        Path folder = storage.resolve("runs/first");
        assertThat(folder.resolve("params.json")).content().contains("\"interval\" : \"1h\"", "\"market\"");
        assertThat(folder.resolve("epochs.jsonl")).content().hasLineCount(9).contains("\"validation_loss\"");
        assertThat(folder.resolve("decision.json")).content().contains("\"promoted\" : true");
        assertThat(Files.exists(folder.resolve("bundle/model.onnx"))).isTrue();
    }

    @Test
    void aJudgedRunLeavesAReportThatPeopleCanLookAt() throws IOException {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);

        ReportFolder report = ReportFolder.of(storage, "first");
        assertThat(report.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "calibration.svg",
                        "error_by_asset.svg",
                        "error_by_hour.svg",
                        "errors.json",
                        "feature_importance.json",
                        "feature_importance.svg",
                        "forecast_fan.svg",
                        "learning_curve.svg",
                        "report.html");
        String page = Files.readString(report.find("report.html").orElseThrow());
        Xml.assertSelfContained(page);
        assertThat(Xml.of(page).texts("h1")).containsExactly("price-1h version 2");
        assertThat(Xml.of(page).texts("figcaption")).hasSize(6);
        assertThat(Xml.of(page).values("class")).contains("promoted");
        assertThat(report.find("errors.json").orElseThrow()).content().contains("\"by_hour\"", "\"naive_loss\"");
    }

    @Test
    void aRunKilledBetweenItsFiguresAndItsPageEndsWithTheSameReport() throws IOException {
        run(new FakeTrainer(1)).execute(spec("whole"), events::add);
        Map<String, String> whole = report("whole");
        registry.assign("price-1h", Alias.CHAMPION, 1);
        assertThatThrownBy(() -> run(new FakeTrainer(1)).execute(spec("killed"), killWhen("Comparing")))
                .isInstanceOf(Killed.class);
        assertThat(report("killed")).doesNotContainKey("report.html").containsKey("forecast_fan.svg");

        run(new FakeTrainer(1)).execute(spec("killed"), events::add);

        Map<String, String> resumed = report("killed");
        String page = resumed.remove("report.html");
        assertThat(page.replace("killed", "whole").replace("version 3", "version 2"))
                .isEqualTo(whole.remove("report.html"));
        assertThat(resumed).isEqualTo(whole);
    }

    @Test
    void aPageThatAKillPreventedIsMadeFromTheRunFolder() throws IOException {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        Map<String, String> whole = report("first");
        Files.delete(storage.resolve("runs/first/report/report.html"));

        run(new FakeTrainer(1)).execute(spec("first"), events::add);

        assertThat(report("first")).isEqualTo(whole);
    }

    @Test
    void aPictureThatCannotBeDrawnCostsNoModel() throws IOException {
        PromotionDecision decision = run(new FakeTrainer(1)).execute(spec("first"), event -> {
            if (event instanceof RunEvent.Stage stage && stage.message().startsWith("Drawing")) {
                block(storage.resolve("runs/first/report"));
            }
        });

        assertThat(decision.promoted()).isTrue();
        assertThat(ReportFolder.of(storage, "first").files()).isEmpty();
    }

    @Test
    void anEpochWhoseLineAKillCutOffIsMissingInTheCurveAndNothingElse() throws IOException {
        EpochLog log = new EpochLog(storage.resolve("epochs.jsonl"));
        log.add(epoch("model", 1, 0.5));
        Files.writeString(log.file(), "{\"part\":\"mod\n", StandardOpenOption.APPEND);
        log.add(epoch("model", 2, 0.4));
        log.add(epoch("model", 2, 0.3));

        assertThat(log.read()).containsOnlyKeys("model");
        assertThat(log.read().get("model"))
                .extracting(Assignment.Epoch::number, Assignment.Epoch::trainLoss)
                .containsExactly(tuple(1, 0.5), tuple(2, 0.3));
    }

    private static RunEvent.EpochFinished epoch(String part, int number, double loss) {
        return new RunEvent.EpochFinished(part, 1, 1, new Assignment.Epoch(number, 9, loss, loss, true, 1));
    }

    private Map<String, String> report(String run) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (Path file : ReportFolder.of(storage, run).files()) {
            files.put(file.getFileName().toString(), Files.readString(file));
        }
        return files;
    }

    /** A file where the folder should be. */
    private static void block(Path folder) {
        try {
            Files.writeString(folder, "in the way");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    private static RunEvent.Listener killWhen(String stageBegins) {
        return event -> {
            if (event instanceof RunEvent.Stage stage && stage.message().startsWith(stageBegins)) {
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

    private TrainingRun run(Trainer trainer) {
        return run(trainer, new SettableClock(TestCandles.START), registry);
    }

    private TrainingRun run(Trainer trainer, SettableClock clock, ModelRegistry registry) {
        return new TrainingRun(
                Databases.reader(database.dataSource()),
                List.of(new NaiveTrainer(), trainer),
                registry,
                SETTINGS,
                storage,
                clock);
    }

    private static TrainingSpec spec(String runId) {
        return new TrainingSpec(runId, Interval.ONE_HOUR, List.of(), Optional.empty(), Algorithm.LSTM, false, 1);
    }

    private static final class Killed extends RuntimeException {}

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
