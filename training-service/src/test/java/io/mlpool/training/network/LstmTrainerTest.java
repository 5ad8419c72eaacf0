package io.mlpool.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.KeyFile;
import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.Forecaster;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.TrainingCancelledException;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.RandomWalk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LstmTrainerTest {

    private static final int STEPS = 16;
    private static final WindowSet TRAIN = SyntheticMarket.windows(SyntheticMarket::pattern, 4_000, STEPS, 1);
    private static final WindowSet LATER = SyntheticMarket.windows(SyntheticMarket::pattern, 1_500, STEPS, 2);
    private static final WindowSet TEST = SyntheticMarket.windows(SyntheticMarket::pattern, 2_500, STEPS, 3);

    @TempDir
    Path folder;

    private final List<Assignment.Epoch> epochs = new ArrayList<>();

    @Test
    void whatCanBeForetoldItForetellsBetterThanTheRandomWalk() {
        TrainedModel model = train(settings(6, 3), assignment("learns", epochs::add));
        assertThat(skill(model.forecaster(), TRAIN, TEST)).isGreaterThan(0.06);
        assertThat(epochs).hasSize(6).last().satisfies(epoch -> {
            assertThat(epoch.trainLoss()).isLessThan(epochs.getFirst().trainLoss());
            assertThat(epoch.windowsPerSecond()).isPositive();
        });
    }

    @Test
    void outOfNoiseItMakesNothing() {
        WindowSet noise = SyntheticMarket.unpredictable(4_000, STEPS, 5);
        WindowSet later = SyntheticMarket.unpredictable(1_500, STEPS, 6);
        WindowSet test = SyntheticMarket.unpredictable(2_500, STEPS, 7);
        TrainedModel model = new LstmTrainer(settings(3, 2)).train(noise, later, assignment("noise", epochs::add));
        assertThat(skill(model.forecaster(), noise, test)).isBetween(-0.05, 0.01);
    }

    @Test
    void theSameSeedMakesTheSameNetworkAndAnotherSeedAnotherOne() {
        byte[] first = train(settings(2, 2), assignment("first", epochs::add)).onnx();
        byte[] second = train(settings(2, 2), assignment("second", epochs::add)).onnx();
        Assignment other =
                new Assignment(2, StoredFolder.plain(folder.resolve("third")), Optional.empty(), epochs::add);
        assertThat(second).isEqualTo(first);
        assertThat(train(settings(2, 2), other).onnx()).isNotEqualTo(first);
    }

    @Test
    void sharingTheWorkAmongThreadsDoesNotChangeTheResult() {
        LstmProperties alone = settings(2, 2);
        LstmProperties together = new LstmProperties(1, 16, 16, 0.1, 5e-3, 1e-3, 1e-2, 1, 64, 2, 2_000, 1_000, 2, 2);
        assertThat(train(together, assignment("two", epochs::add)).onnx())
                .isEqualTo(train(alone, assignment("one", epochs::add)).onnx());
    }

    @Test
    void killedAfterAnyEpochItGoesOnAsIfNothingHadHappened() {
        byte[] uninterrupted =
                train(settings(4, 4), assignment("whole", epochs::add)).onnx();
        Assignment killed = assignment("killed", LstmTrainerTest::cancel);
        for (int kill = 0; kill < 3; kill++) {
            assertThatExceptionOfType(TrainingCancelledException.class).isThrownBy(() -> train(settings(4, 4), killed));
        }
        List<Assignment.Epoch> resumed = new ArrayList<>();
        TrainedModel model = train(settings(4, 4), assignment("killed", resumed::add));
        assertThat(resumed).extracting(Assignment.Epoch::number).containsExactly(4);
        assertThat(model.onnx()).isEqualTo(uninterrupted);
    }

    @Test
    void whereEncryptionIsOnItGoesOnFromWhatLiesEncrypted() throws IOException {
        byte[] uninterrupted =
                train(settings(2, 2), assignment("whole", epochs::add)).onnx();
        KeyFile keys = new KeyFile(folder.resolve("keys.json"));
        keys.create();
        StoredFolder checkpoints = new StoredFolder(folder.resolve("encrypted"), Encryption.with(keys.path()));
        Assignment killed = new Assignment(1, checkpoints, Optional.empty(), LstmTrainerTest::cancel);
        assertThatExceptionOfType(TrainingCancelledException.class).isThrownBy(() -> train(settings(2, 2), killed));

        TrainedModel model = train(settings(2, 2), new Assignment(1, checkpoints, Optional.empty(), epochs::add));

        assertThat(model.onnx()).isEqualTo(uninterrupted);
        assertThat(checkpoints.directory().toFile().list())
                .containsExactlyInAnyOrder("lstm.zip.enc", "network.zip.enc");
        byte[] tuned = train(
                        settings(1, 1),
                        new Assignment(9, StoredFolder.plain(folder.resolve("tuned")), model.network(), epochs::add))
                .onnx();
        assertThat(tuned).isNotEqualTo(uninterrupted);
    }

    @Test
    void aFinishedTrainingIsNotDoneAgain() {
        TrainedModel first = train(settings(2, 2), assignment("done", epochs::add));
        TrainedModel again = train(settings(2, 2), assignment("done", epochs::add));
        assertThat(epochs).hasSize(2);
        assertThat(again.onnx()).isEqualTo(first.onnx());
    }

    @ParameterizedTest(name = "call {0}")
    @ValueSource(ints = {1, 33, 34, 66})
    void aTrainingStopsWithinAnEpochWhichAloneIsLost(int call) {
        byte[] uninterrupted =
                train(settings(3, 3), assignment("uninterrupted", epoch -> {})).onnx();
        StoppingAt stopping = new StoppingAt(call);

        assertThatExceptionOfType(TrainingCancelledException.class)
                .isThrownBy(() -> train(settings(3, 3), assignment("stopped", stopping)));

        assertThat(train(settings(3, 3), assignment("stopped", epochs::add)).onnx())
                .isEqualTo(uninterrupted);
        assertThat(epochs).hasSize(3 - stopping.finished);
    }

    @Test
    void aCheckpointOfAnotherAssignmentIsNotContinued() {
        train(settings(2, 2), assignment("shared", epochs::add));
        epochs.clear();
        new LstmTrainer(settings(2, 2)).train(TEST, LATER, assignment("shared", epochs::add));
        assertThat(epochs).hasSize(2);
    }

    @Test
    void aDamagedCheckpointIsReportedWithWhatToDo() throws IOException {
        Files.createDirectories(folder.resolve("damaged"));
        Files.writeString(folder.resolve("damaged/lstm.zip"), "nonsense");
        assertThatIllegalStateException()
                .isThrownBy(() -> train(settings(2, 2), assignment("damaged", epochs::add)))
                .withMessageContaining("delete it to start over");
    }

    @Test
    void trainingStopsWhenTheValidationLossNoLongerFallsAndTheBestEpochCounts() {
        WindowSet noise = SyntheticMarket.unpredictable(1_500, STEPS, 8);
        TrainedModel model = new LstmTrainer(settings(50, 2)).train(TRAIN, noise, assignment("patience", epochs::add));
        int best = Integer.parseInt(model.parameters().get("best_epoch"));
        assertThat(epochs).hasSize(best + 2);
        assertThat(epochs.get(best - 1).best()).isTrue();
        assertThat(epochs.getLast().best()).isFalse();
    }

    @Test
    void withoutWindowsThereIsNoTraining() {
        WindowSet none = TRAIN.select(new int[0]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LstmTrainer(settings(1, 1)).train(TRAIN, none, assignment("none", epochs::add)))
                .withMessageContaining("found none");
    }

    @Test
    void fineTuningGoesOnFromTheChampion() {
        TrainedModel champion = train(settings(5, 5), assignment("champion", epochs::add));
        double afresh = epochs.getFirst().trainLoss();
        epochs.clear();
        TrainedModel tuned = train(settings(1, 1), fineTuning(champion));
        assertThat(epochs.getFirst().trainLoss()).isLessThan(0.95 * afresh);
        assertThat(tuned.onnx()).isNotEqualTo(champion.onnx());
        assertThat(tuned.parameters()).containsEntry("fine_tuned", "true");
    }

    @Test
    void fineTuningGoesOnWithTheUpdaterStateOfTheChampion() throws IOException {
        TrainedModel champion = train(settings(2, 2), assignment("champion", epochs::add));
        byte[] file = champion.network().orElseThrow().bytes();
        MultiLayerNetwork network = NetworkFile.network(file);
        network.getUpdater().getStateViewArray().assign(0);
        Path forgetful =
                Files.write(folder.resolve("forgetful.zip"), NetworkFile.write(network, NetworkFile.card(file)));

        byte[] tuned = train(settings(1, 1), fineTuning(champion)).onnx();

        Assignment withoutState = new Assignment(
                9, StoredFolder.plain(folder.resolve("other")), Optional.of(StoredFile.plain(forgetful)), epochs::add);
        assertThat(train(settings(1, 1), withoutState).onnx())
                .as("the same weights, but Adam's moments forgotten")
                .isNotEqualTo(tuned);
    }

    @Test
    void aChampionOfAnotherBuildOrOtherWindowsCannotBeFineTuned() throws IOException {
        TrainedModel champion = train(settings(1, 1), assignment("champion", epochs::add));
        LstmProperties wider = new LstmProperties(1, 32, 16, 0.1, 5e-3, 1e-3, 1e-2, 1, 64, 1, 2_000, 1_000, 1, 1);
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() -> train(wider, fineTuning(champion)))
                .withMessageContaining("layers, width and head are [1, 16, 16], this training asks for [1, 32, 16]");
        WindowSet longer = SyntheticMarket.windows(SyntheticMarket::pattern, 1_000, STEPS + 1, 1);
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() -> new LstmTrainer(settings(1, 1)).train(longer, longer, fineTuning(champion)))
                .withMessageContaining("windows are 16 candles of 1h, this training asks for 17 candles of 1h");
        byte[] network = champion.network().orElseThrow().bytes();
        WindowSet windows = SyntheticMarket.windows(SyntheticMarket::pattern, 1_000, STEPS, 1);
        assertThatCode(() -> new LstmTrainer(settings(1, 1)).requireFit(network, windows))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() -> new LstmTrainer(wider).requireFit(network, windows));
    }

    /** Stops when it is asked for the n-th time: 32 batches are learned from and 2 validated in an epoch. */
    private static final class StoppingAt implements Assignment.EpochListener {

        private final int call;
        private int calls;
        private int finished;

        StoppingAt(int call) {
            this.call = call;
        }

        @Override
        public void finished(Assignment.Epoch epoch) {
            finished++;
        }

        @Override
        public void working() {
            if (++calls == call) {
                throw new TrainingCancelledException("in the middle of an epoch");
            }
        }
    }

    private TrainedModel train(LstmProperties settings, Assignment assignment) {
        return new LstmTrainer(settings).train(TRAIN, LATER, assignment);
    }

    private Assignment assignment(String name, Assignment.EpochListener listener) {
        return new Assignment(1, StoredFolder.plain(folder.resolve(name)), Optional.empty(), listener);
    }

    private Assignment fineTuning(TrainedModel champion) {
        return new Assignment(9, StoredFolder.plain(folder.resolve("tuned")), champion.network(), epochs::add);
    }

    private static LstmProperties settings(int epochs, int patience) {
        return new LstmProperties(1, 16, 16, 0.1, 5e-3, 1e-3, 1e-2, 1, 64, epochs, 2_000, 1_000, patience, 1);
    }

    private static void cancel(Assignment.Epoch epoch) {
        throw new TrainingCancelledException("killed after epoch " + epoch.number());
    }

    /** Share of the random walk's pinball loss that the forecaster saves. */
    private static double skill(Forecaster forecaster, WindowSet train, WindowSet test) {
        return 1 - loss(forecaster, test) / loss(RandomWalk.fit(train), test);
    }

    private static double loss(Forecaster forecaster, WindowSet windows) {
        NetworkCard card = new NetworkCard(windows.schema(), windows.shape(), Scaler.fit(windows, 1));
        QuantileHead head = QuantileHead.of(card);
        int size = windows.schema().steps() * windows.schema().width();
        float[] window = new float[size];
        double sum = 0;
        for (int i = 0; i < windows.size(); i++) {
            windows.copyWindow(i, window, 0);
            float[] answer = forecaster.forecast(window, 1);
            double[] quantiles = new double[answer.length];
            Arrays.setAll(quantiles, k -> answer[k]);
            sum += head.losses(quantiles, new double[] {windows.target(i, 0), windows.target(i, 1)})[0];
        }
        return sum;
    }
}
