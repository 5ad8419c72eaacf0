package io.mlpool.training.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.FeatureImportance.TreeShare;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.TrainerContract;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.naive.RandomWalk;
import io.mlpool.training.scale.WindowColumns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What trees of either kind promise. */
abstract class TreesContract extends TrainerContract {

    static final WindowSet TEST = SyntheticMarket.windows(SyntheticMarket::pattern, 2_500, CONTRACT_STEPS, 13);

    /** Many trees, each of which helps. */
    static final TreesProperties SLOW =
            new TreesProperties(4, 0.05, 10, 0.7, 0.7, 1, 32, 30, 1, 30, 3_000, 3_000, false, 1);

    private static final WindowColumns COLUMNS = new WindowColumns(FEW.schema());

    @TempDir
    Path folder;

    /** The trainer with these settings. */
    abstract Trainer trainer(TreesProperties settings);

    @Override
    protected Trainer small() {
        return trainer(settings(3, 3));
    }

    @Test
    void whatCanBeForetoldItForetellsBetterThanTheRandomWalk() {
        WindowSet train = SyntheticMarket.windows(SyntheticMarket::pattern, 4_000, CONTRACT_STEPS, 1);
        TrainedModel model = trainer(settings(10, 6)).train(train, FEW_LATER, assignment("learns", 1, epoch -> {}));

        assertThat(loss(model.forecaster(), TEST)).isLessThan(0.94 * loss(RandomWalk.fit(train), TEST));
        assertSharesOfAll(model.trees());
    }

    private void assertSharesOfAll(List<TreeShare> shares) {
        assertThat(shares.stream().mapToDouble(TreeShare::gain).sum()).isCloseTo(1, within(1e-9));
        assertThat(shares.stream().mapToDouble(TreeShare::shap).sum()).isCloseTo(1, within(1e-9));
        assertThat(shares)
                .isSortedAccordingTo(Comparator.comparingDouble(TreeShare::shap).reversed());
        assertThat(shares.getFirst().name())
                .as("what the pattern is made of: the time of day and the return before")
                .matches("hour_.*|return_1");
    }

    @Test
    void outOfNoiseItMakesNothing() {
        WindowSet noise = SyntheticMarket.windows(SyntheticMarket::noise, 3_000, CONTRACT_STEPS, 5);
        WindowSet later = SyntheticMarket.later(SyntheticMarket::noise, 1_500, CONTRACT_STEPS, 6);
        WindowSet test = SyntheticMarket.windows(SyntheticMarket::noise, 2_500, CONTRACT_STEPS, 7);
        Forecaster model = trainer(settings(5, 3))
                .train(noise, later, assignment("noise", 1, epoch -> {}))
                .forecaster();
        assertThat(loss(model, test) / loss(RandomWalk.fit(noise), test)).isBetween(0.95, 1.02);
    }

    @Test
    void aHorizonThatOnlyGetsWorseStaysAtWhatItBeganWith() {
        WindowSet noise = SyntheticMarket.windows(SyntheticMarket::noise, 1_100, CONTRACT_STEPS, 5);
        WindowSet later = SyntheticMarket.later(SyntheticMarket::noise, 1_100, CONTRACT_STEPS, 6);
        TreesProperties greedy = new TreesProperties(6, 1, 1, 1, 1, 0, 32, 2, 1, 2, 3_000, 1_000, true, 1);
        TrainedModel model = trainer(greedy).train(noise, later, assignment("worse", 1, epoch -> {}));
        assertThat(model.parameters()).containsEntry("best_round_1h", "0");
        try (OnnxForecaster graph = OnnxForecaster.of(model.onnx(), FEW.schema(), FEW.shape())) {
            float[] first = answer(graph, FEW_LATER, 1);
            float[] other = answer(graph, FEW_LATER, 200);
            for (int level = 0; level < FEW.shape().levels().size(); level++) {
                assertThat(first[level]).isEqualTo(other[level]);
            }
        }
    }

    @Test
    void thereIsNothingToFineTune() {
        Assignment tuning = new Assignment(
                1,
                StoredFolder.plain(folder),
                Optional.of(StoredFile.plain(folder.resolve("network.zip"))),
                epoch -> {});
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() -> small().requireFit(new byte[0], FEW))
                .withMessageContaining("is made afresh of every data set");
        assertThatExceptionOfType(CannotFineTuneException.class)
                .isThrownBy(() -> small().train(FEW, FEW_LATER, tuning))
                .withMessage("the champion's network cannot be fine-tuned: trees grow afresh from every data set");
    }

    @Test
    void withoutWindowsThereIsNoTraining() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().train(FEW, FEW.select(new int[0]), assignment("none", 1, epoch -> {})))
                .withMessageContaining("found none");
    }

    /** Windows that stand exactly at, just below and just above a threshold. */
    static float[] onThresholds(IntFunction<List<Tree>> trees) {
        List<float[]> windows = new ArrayList<>();
        for (int horizon = 0; horizon < 2; horizon++) {
            for (Tree tree : trees.apply(horizon)) {
                for (int node = 0; node < tree.size(); node++) {
                    if (!tree.isLeaf(node)) {
                        float edge = tree.value()[node];
                        for (float value : new float[] {Math.nextDown(edge), edge, Math.nextUp(edge)}) {
                            windows.add(windowWith(tree.column()[node], value, windows.size() % FEW_LATER.size()));
                        }
                    }
                }
            }
        }
        assertThat(windows.size()).isGreaterThan(2_000);
        float[] all = new float[windows.size() * COLUMNS.windowSize()];
        for (int i = 0; i < windows.size(); i++) {
            System.arraycopy(windows.get(i), 0, all, i * COLUMNS.windowSize(), COLUMNS.windowSize());
        }
        return all;
    }

    /** A graph and the engine must say the same of windows that lie one after the other. */
    static void assertAlike(Forecaster engine, byte[] onnx, float[] windows) {
        int count = windows.length / COLUMNS.windowSize();
        try (OnnxForecaster graph = OnnxForecaster.of(onnx, FEW.schema(), FEW.shape())) {
            assertThat(graph.forecast(windows, count)).containsExactly(engine.forecast(windows, count), within(1e-5f));
        }
    }

    /** A real window but for one column of its row. Values alike over a span have exactly themselves as their mean. */
    private static float[] windowWith(int column, float value, int position) {
        float[] window = new float[COLUMNS.windowSize()];
        FEW_LATER.copyWindow(position, window, 0);
        int width = FEW.schema().width();
        List<Integer> summarised = COLUMNS.summarised();
        int feature = column < width ? column : summarised.get((column - width) % summarised.size());
        int from = column < width ? CONTRACT_STEPS - 1 : 0;
        for (int step = from; step < CONTRACT_STEPS; step++) {
            window[step * width + feature] = value;
        }
        return window;
    }

    private static float[] answer(Forecaster forecaster, WindowSet windows, int position) {
        float[] window = new float[windows.schema().steps() * windows.schema().width()];
        windows.copyWindow(position, window, 0);
        return forecaster.forecast(window, 1);
    }

    private static double loss(Forecaster forecaster, WindowSet windows) {
        Forecasts forecasts = Forecasts.of(forecaster, windows);
        ForecastShape shape = windows.shape();
        return IntStream.range(0, windows.size())
                .boxed()
                .flatMapToDouble(
                        i -> IntStream.range(0, shape.horizons().size()).mapToDouble(h -> forecasts.loss(i, h)))
                .filter(loss -> !Double.isNaN(loss))
                .average()
                .orElseThrow();
    }

    private static TreesProperties settings(int rounds, int epochs) {
        return new TreesProperties(3, 0.3, 20, 0.7, 0.7, 1, 32, rounds, epochs, 6, 3_000, 1_000, true, 1);
    }
}
