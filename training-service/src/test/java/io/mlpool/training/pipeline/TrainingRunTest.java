package io.mlpool.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.mlpool.encryption.StoredFile;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelAliases;
import io.mlpool.registry.ModelVersion;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TestCandles;
import io.mlpool.training.TrainingCancelledException;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.promotion.PromotionDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingRunTest extends TrainedPool {

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
        assertThat(registry.fetch(champion).header().algorithm()).isEqualTo(Algorithm.NAIVE);
    }

    @Test
    void aBundleSaysWhereItComesFrom() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);

        ModelVersion version = registry.find("price-1h", 2).orElseThrow();
        ForecastBundle bundle = ForecastBundle.of(registry.fetch(version));
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

        ForecastBundle bundle =
                ForecastBundle.of(registry.fetch(registry.find("price-1h", 2).orElseThrow()));
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
    void aChampionWhoseDescriptionIsDamagedIsNotComparedWithAndTheDecisionSaysSo() throws IOException {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        Files.writeString(storage.resolve("registry/price-1h/versions/2/version.json"), "");

        PromotionDecision decision = run(new FakeTrainer(1.2f)).execute(spec("second"), events::add);

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).contains("champion, version 2, which cannot be read", "version.json is damaged");
        assertThat(registry.target("price-1h", Alias.CHAMPION)).hasValue(2);
    }

    @Test
    void aRunThatIsRepeatedWithTheSameCandlesHasTheSameDataVersion() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        run(new FakeTrainer(1)).execute(spec("again"), events::add);

        assertThat(events.stream().filter(RunEvent.Snapshot.class::isInstance).distinct())
                .hasSize(1);
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

        run(trainer).execute(fineTuning("tuned"), events::add);

        Path network = registry.fetch(registry.find("price-1h", 2).orElseThrow())
                .directory()
                .resolve("network.zip");
        assertThat(trainer.assignments().getLast().startFrom()).hasValue(StoredFile.plain(network));
        assertThat(trainer.assignments().getFirst().startFrom())
                .as("the champion has seen what the folds are judged on")
                .isEmpty();
        assertThat(registry.fetch(registry.find("price-1h", 3).orElseThrow())
                        .header()
                        .provenance()
                        .parentVersion())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"version.json, version.json is damaged", "bundle/network.zip, network.zip was changed"})
    void fineTuningOfADamagedChampionTrainsAfreshAndSaysWhy(String file, String why) throws IOException {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        Files.writeString(storage.resolve("registry/price-1h/versions/2").resolve(file), "");
        FakeTrainer trainer = new FakeTrainer(1);

        run(trainer).execute(fineTuning("tuned"), events::add);

        assertThat(events).anySatisfy(event -> assertThat(event)
                .asInstanceOf(type(RunEvent.Stage.class))
                .extracting(RunEvent.Stage::message, InstanceOfAssertFactories.STRING)
                .startsWith("Training afresh: the champion cannot be read: ")
                .contains(why));
        assertTrainedAfresh("tuned", trainer);
    }

    @Test
    void fineTuningOfAChampionWithoutANetworkTrainsAfreshAndSaysWhy() {
        run(new FakeTrainer(-1)).execute(spec("worse"), events::add);
        FakeTrainer trainer = new FakeTrainer(1);

        run(trainer).execute(fineTuning("tuned"), events::add);

        assertThat(events).contains(new RunEvent.Stage("Training afresh: the champion has no network to fine-tune"));
        assertTrainedAfresh("tuned", trainer);
    }

    @Test
    void fineTuningOfANetworkOfAnotherBuildTrainsAfreshAndSaysWhy() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        FakeTrainer trainer = FakeTrainer.ofOtherNetworks();

        run(trainer).execute(fineTuning("tuned"), events::add);

        assertThat(events)
                .contains(
                        new RunEvent.Stage(
                                "Training afresh: the champion's network cannot be fine-tuned: its layers are 1, this training asks for 2"));
        assertTrainedAfresh("tuned", trainer);
    }

    private void assertTrainedAfresh(String runId, FakeTrainer trainer) {
        assertThat(trainer.assignments().getLast().startFrom()).isEmpty();
        assertThat(registry.fetch(registry.ofRun("price-1h", runId).orElseThrow())
                        .header()
                        .provenance()
                        .parentVersion())
                .isNull();
    }

    private static TrainingSpec fineTuning(String runId) {
        return new TrainingSpec(
                runId, Interval.ONE_HOUR, List.of(), Optional.empty(), Algorithm.LSTM, true, 1, Map.of(), List.of());
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
                1,
                Map.of(),
                List.of());

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
    void aCandidateThatNeitherWonNorLostIsWatchedAsTheChallenger() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);

        PromotionDecision decision = run(new FakeTrainer(1)).execute(spec("equal"), events::add);

        assertThat(decision.promoted()).as(decision.reason()).isFalse();
        assertThat(registry.aliases())
                .containsExactly(
                        new ModelAliases("price-1h", Map.of(Alias.CHAMPION, 2, Alias.CHALLENGER, 3), Map.of()));
    }

    @Test
    void aChallengerThatIsInAnExperimentKeepsItsAlias() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        run(new FakeTrainer(1)).execute(spec("equal"), events::add);
        compared.add("price-1h");

        run(new FakeTrainer(1)).execute(spec("also-equal"), events::add);

        assertThat(registry.target("price-1h", Alias.CHALLENGER)).hasValue(3);
    }

    @Test
    void whatWasRolledBackIsNotPromotedByAnExecutionThatWasKilledBefore() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);
        registry.assign("price-1h", Alias.CHAMPION, 1);
        rolledBack.add(2);

        PromotionDecision decision = run(new FakeTrainer(1)).execute(spec("first"), events::add);

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).contains("it was live, proved worse than the version before and rolled back");
        assertThat(registry.target("price-1h", Alias.CHAMPION)).hasValue(1);
    }

    @Test
    void aCandidateThatLostAgainstTheNaiveForecastIsNotWatched() {
        run(new FakeTrainer(1)).execute(spec("first"), events::add);

        PromotionDecision decision = run(new FakeTrainer(-1)).execute(spec("worse"), events::add);

        assertThat(decision.promoted()).isFalse();
        assertThat(registry.aliases())
                .containsExactly(new ModelAliases("price-1h", Map.of(Alias.CHAMPION, 2), Map.of()));
    }
}
