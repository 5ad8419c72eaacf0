package io.mlpool.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.TrainerContract;
import io.mlpool.training.dataset.WindowSet;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformerTrainerTest extends TrainerContract {

    @TempDir
    Path folder;

    @Override
    protected Trainer small() {
        return new TransformerTrainer(settings(4, 1, 8, 2, 2));
    }

    @ParameterizedTest(name = "patch {0}, blocks {1}, width {2}, heads {3}")
    @CsvSource({"4, 1, 8, 2", "3, 2, 12, 3", "16, 1, 6, 1", "1, 1, 8, 4"})
    void theGraphAnswersRealWindowsLikeTheTrainedNetwork(int patch, int blocks, int width, int heads) {
        TrainedModel model = new TransformerTrainer(settings(patch, blocks, width, heads, 1))
                .train(FEW, FEW_LATER, assignment("graph", 1, epoch -> {}));
        assertThat(Parity.check(model, FEW_LATER)).isLessThan(1e-5);
    }

    @Test
    void whatCanBeForetoldItLearns() {
        WindowSet train = SyntheticMarket.windows(SyntheticMarket::pattern, 4_000, CONTRACT_STEPS, 1);
        double[] losses = new double[6];
        new TransformerTrainer(settings(4, 1, 16, 2, losses.length))
                .train(
                        train,
                        FEW_LATER,
                        assignment("learns", 1, epoch -> losses[epoch.number() - 1] = epoch.validationLoss()));
        assertThat(losses[losses.length - 1]).isLessThan(0.97 * losses[0]);
    }

    @Test
    void fineTuningGoesOnFromTheChampion() {
        double[] losses = new double[4];
        TrainedModel champion = small().with(Map.of("epochs", "4", "patience", "4"))
                .train(
                        FEW,
                        FEW_LATER,
                        assignment("champion", 1, epoch -> losses[epoch.number() - 1] = epoch.trainLoss()));
        TrainedModel tuned = small().train(FEW, FEW_LATER, fineTuning(champion, epoch -> assertThat(epoch.trainLoss())
                .isLessThan(losses[0])));
        assertThat(tuned.parameters()).containsEntry("fine_tuned", "true");
        assertThat(tuned.onnx()).isNotEqualTo(champion.onnx());
    }

    @Test
    void aChampionOfAnotherBuildOrKindCannotBeFineTuned() {
        TrainedModel champion = train("champion", 1, epoch -> {});
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() ->
                        small().with(Map.of("width", "16")).train(FEW, FEW_LATER, fineTuning(champion, epoch -> {})))
                .withMessageContaining("width=8")
                .withMessageContaining("width=16");
        LstmProperties lstm = new LstmProperties(1, 16, 16, 0.1, 5e-3, 1e-3, 1e-2, 1, 64, 1, 256, 256, 1, 1);
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() -> new LstmTrainer(lstm).train(FEW, FEW_LATER, fineTuning(champion, epoch -> {})))
                .withMessageContaining("it is not that of an LSTM");
        assertThatExceptionOfType(CannotFineTuneException.class).isThrownBy(() -> small().with(Map.of("width", "16"))
                .requireFit(champion.network().orElseThrow().bytes(), FEW));
        TrainedModel recurrent = new LstmTrainer(lstm).train(FEW, FEW_LATER, assignment("lstm", 1, epoch -> {}));
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() -> small().train(FEW, FEW_LATER, fineTuning(recurrent, epoch -> {})))
                .withMessageContaining("it is not that of a Transformer");
    }

    private Assignment fineTuning(TrainedModel champion, Assignment.EpochListener listener) {
        Optional<StoredFile> network = champion.network();
        return new Assignment(9, StoredFolder.plain(folder.resolve("tuned")), network, listener);
    }

    private static TransformerProperties settings(int patch, int blocks, int width, int heads, int epochs) {
        return new TransformerProperties(
                patch, blocks, width, heads, 2 * width, 16, 0.1, 5e-3, 1e-3, 1e-2, 1, 64, epochs, 2_000, 1_000, epochs);
    }
}
