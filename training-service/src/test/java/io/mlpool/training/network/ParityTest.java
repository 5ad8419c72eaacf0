package io.mlpool.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.training.Assignment;
import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.LastPrice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParityTest {

    private static final WindowSet WINDOWS = SyntheticMarket.windows(SyntheticMarket::pattern, 1_500, 20, 4);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 16, 16", "2, 16, 8", "1, 24, 5", "2, 5, 4"})
    void theGraphAnswersRealWindowsLikeTheTrainedNetwork(int layers, int width, int head) {
        assertThat(Parity.check(trained(layers, width, head), WINDOWS)).isLessThan(1e-5);
    }

    @ParameterizedTest
    @CsvSource("1, 16, 16")
    void aGraphThatSaysSomethingElseIsRefused(int layers, int width, int head) {
        byte[] graph = trained(layers, width, head).onnx();
        TrainedModel wrong = new TrainedModel(new LastPrice(SyntheticMarket.SHAPE), graph, Optional.empty(), Map.of());
        assertThatExceptionOfType(ParityException.class)
                .isThrownBy(() -> Parity.check(wrong, WINDOWS))
                .withMessageMatching("the ONNX graph says .* where the trained network says 0.0 .*");
    }

    @Test
    void windowsAreAnsweredAloneAsAmongOthersHoweverManyWereAskedBefore() {
        int size = WINDOWS.schema().steps() * WINDOWS.schema().width();
        float[] windows = new float[5 * size];
        for (int i = 0; i < 5; i++) {
            WINDOWS.copyWindow(i, windows, i * size);
        }
        try (OnnxForecaster graph = OnnxForecaster.of(trained(1, 16, 16).onnx(), WINDOWS.schema(), WINDOWS.shape())) {
            float[] together = graph.forecast(windows, 5);
            for (int count : new int[] {1, 3, 2, 5, 4}) {
                float[] first = graph.forecast(windows, count);
                assertThat(first).containsExactly(Arrays.copyOf(together, first.length), within(1e-6f));
                assertThat(first).hasSize(together.length / 5 * count);
            }
        }
    }

    private TrainedModel trained(int layers, int width, int head) {
        LstmProperties settings =
                new LstmProperties(layers, width, head, 0.1, 5e-3, 1e-3, 1e-2, 1, 64, 1, 300, 200, 1, 1);
        return new LstmTrainer(settings)
                .train(WINDOWS, WINDOWS, new Assignment(1, StoredFolder.plain(folder), Optional.empty(), epoch -> {}));
    }
}
