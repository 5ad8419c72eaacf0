package io.mlpool.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.training.Databases;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TestCandles;
import io.mlpool.training.Trainer;
import io.mlpool.training.Trainers;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.HorizonScore;
import io.mlpool.training.naive.NaiveTrainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialRunTest extends TrainedPool {

    @Test
    void aTrialIsJudgedOnTheFoldsAndRegistersNothing() {
        FakeTrainer trainer = new FakeTrainer(0);

        TrialScore score = trial(trainer).execute(spec("study-0"), events::add);

        assertThat(trainer.epochs())
                .allMatch(epoch -> epoch.startsWith("fold-"))
                .hasSize(2 * FakeTrainer.EPOCHS);
        assertThat(registry.models()).isEmpty();
        assertThat(score.folds()).isEqualTo(2);
        assertThat(score.skill()).isCloseTo(meanOfTheFolds(), within(1e-9));
        assertThat(events.getLast()).isEqualTo(new RunEvent.Tried(score));
    }

    @Test
    void theSliceThatTheGateJudgesOnIsNotLookedAt() {
        run(new FakeTrainer(0)).execute(spec("whole"), events::add);
        RunEvent.Evaluated heldOut = events.stream()
                .filter(RunEvent.Evaluated.class::isInstance)
                .map(RunEvent.Evaluated.class::cast)
                .findFirst()
                .orElseThrow();

        trial(new FakeTrainer(0)).execute(spec("study-0"), events::add);

        assertThat(events.stream().filter(RunEvent.FoldJudged.class::isInstance).map(RunEvent.FoldJudged.class::cast))
                .hasSize(4)
                .allSatisfy(fold -> assertThat(fold.evaluation().until())
                        .isBefore(heldOut.evaluation().from()));
    }

    @Test
    void whatTrialsSawJudgesNobodyEvenIfOlderCandlesComeInAfterThem() {
        TrialScore score = trial(new FakeTrainer(0)).execute(spec("study-0"), event -> {});
        new TestCandles(database.dataSource())
                .load(
                        "bitcoin",
                        Interval.ONE_HOUR,
                        TestCandles.START.minus(Duration.ofHours(BARS)),
                        TestCandles.walk(BARS, 0, 2));

        run(new FakeTrainer(0)).execute(spec("study-best").chosenBy(score.seenUntil()), events::add);

        assertThat(events.stream().filter(RunEvent.Evaluated.class::isInstance).map(RunEvent.Evaluated.class::cast))
                .singleElement()
                .satisfies(judged -> assertThat(judged.evaluation().from()).isAfterOrEqualTo(score.seenUntil()));
    }

    @Test
    void hyperParametersMakeAnotherModel() {
        FakeTrainer trainer = new FakeTrainer(0);

        double asItIs = trial(trainer).execute(spec("study-0"), event -> {}).skill();
        double shifted = trial(trainer)
                .execute(with(Map.of("fold_shift", "2"), List.of()), event -> {})
                .skill();

        assertThat(shifted).isLessThan(asItIs - 10);
    }

    @Test
    void aModelLearnsFromTheAssetsThatItIsToLearnFromAndIsJudgedOnAll() {
        new TestCandles(database.dataSource())
                .load("ethereum", Interval.ONE_HOUR, TestCandles.START, TestCandles.walk(BARS, 0, 2));
        FakeTrainer trainer = new FakeTrainer(0);

        trial(trainer).execute(with(Map.of(), List.of("ethereum")), events::add);

        assertThat(trainer.trainSlices())
                .allSatisfy(slice -> assertThat(assets(slice)).containsOnly("ethereum"));
        assertThat(events.stream().filter(RunEvent.FoldJudged.class::isInstance).map(RunEvent.FoldJudged.class::cast))
                .allSatisfy(fold -> assertThat(fold.evaluation().assets()).isEqualTo(2));
    }

    @Test
    void anAssetToLearnFromThatThereAreNoCandlesOfIsNamed() {
        TrainingSpec misspelt = with(Map.of(), List.of("bitcoin", "etherum"));

        assertThatThrownBy(() -> trial(new FakeTrainer(0)).execute(misspelt, event -> {}))
                .isInstanceOf(NoDataException.class)
                .hasMessage("learn_from: there are not enough 1h candles of etherum, there are of bitcoin");
    }

    @Test
    void aTrialThatIsKilledGoesOnFromItsLastEpochToTheSameScore() {
        TrialScore undisturbed = trial(new FakeTrainer(0)).execute(spec("study-0"), event -> {});
        FakeTrainer trainer = new FakeTrainer(0);
        assertThatThrownBy(() -> trial(trainer).execute(spec("study-1"), killWhen("Training fold 2")))
                .isInstanceOf(Killed.class);

        TrialScore resumed = trial(trainer).execute(spec("study-1"), event -> {});

        assertThat(resumed).isEqualTo(undisturbed);
        assertThat(trainer.epochs()).hasSize(2 * FakeTrainer.EPOCHS).doesNotHaveDuplicates();
    }

    private TrialRun trial(Trainer trainer) {
        return new TrialRun(
                Databases.reader(database.dataSource()),
                new Trainers(List.of(new NaiveTrainer(), trainer)),
                SETTINGS,
                StoredFolder.plain(storage));
    }

    private static TrainingSpec with(Map<String, String> hyperParameters, List<String> learnFrom) {
        return new TrainingSpec(
                "study-1",
                Interval.ONE_HOUR,
                List.of(),
                Optional.empty(),
                Algorithm.LSTM,
                false,
                1,
                hyperParameters,
                learnFrom);
    }

    private double meanOfTheFolds() {
        return events.stream()
                .filter(RunEvent.FoldJudged.class::isInstance)
                .flatMap(event -> ((RunEvent.FoldJudged) event).evaluation().horizons().stream())
                .mapToDouble(HorizonScore::skillVsNaive)
                .average()
                .orElseThrow();
    }

    private static List<String> assets(WindowSet windows) {
        return IntStream.range(0, windows.size()).mapToObj(windows::asset).toList();
    }
}
