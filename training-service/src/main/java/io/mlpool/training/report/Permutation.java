package io.mlpool.training.report;

import io.mlpool.features.FeatureSchema;
import io.mlpool.model.Calibration;
import io.mlpool.model.FeatureImportance;
import io.mlpool.model.Forecaster;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.statistics.HacMean;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.TimeMeans;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures {@link FeatureImportance} with any forecaster. */
public final class Permutation {

    private static final int BATCH = 256;

    /** Windows and shuffles of each feature: a rise of a quarter of a percent shows, and it takes seconds. */
    private static final int WINDOWS = 2000;

    private static final int REPEATS = 3;

    /** Numbers of these windows in memory, twice: fewer windows where each is long. */
    private static final int MOST_VALUES = 16_000_000;

    private final Forecaster forecaster;
    private final Calibration calibration;
    private final WindowSet windows;
    private final FeatureSchema schema;
    private final int size;
    private final float[] values;
    private final int[][] shuffles;
    private final double[] losses;

    private Permutation(Forecaster forecaster, Calibration calibration, WindowSet windows, int[][] shuffles) {
        this.forecaster = forecaster;
        this.calibration = calibration;
        this.windows = windows;
        this.schema = windows.schema();
        this.size = schema.steps() * schema.width();
        this.values = new float[windows.size() * size];
        for (int i = 0; i < windows.size(); i++) {
            windows.copyWindow(i, values, i * size);
        }
        this.shuffles = shuffles;
        this.losses = losses(values);
    }

    /**
     * What a model leans on, as its graph answers.
     *
     * @param windows that nothing was fitted on
     * @param seed of the choice of windows and their shuffles
     */
    public static FeatureImportance of(TrainedModel model, Calibration calibration, WindowSet windows, long seed) {
        try (OnnxForecaster graph = OnnxForecaster.of(model.onnx(), windows.schema(), windows.shape())) {
            int size = windows.schema().steps() * windows.schema().width();
            return measure(graph, calibration, windows, Math.min(WINDOWS, MOST_VALUES / size), REPEATS, seed)
                    .with(model.trees());
        }
    }

    /**
     * The importance of every feature and family.
     *
     * @param windows to choose {@code most} from
     */
    static FeatureImportance measure(
            Forecaster forecaster, Calibration calibration, WindowSet windows, int most, int repeats, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] positions = Arrays.stream(shuffled(windows.size(), random))
                .limit(most)
                .sorted()
                .toArray();
        int[][] shuffles = IntStream.range(0, repeats)
                .mapToObj(repeat -> shuffled(positions.length, random))
                .toArray(int[][]::new);
        return new Permutation(forecaster, calibration, windows.select(positions), shuffles).importance(seed);
    }

    private FeatureImportance importance(long seed) {
        double loss = mean(losses).mean();
        List<String> names = schema.names();
        List<FeatureImportance.Rise> features = IntStream.range(0, names.size())
                .mapToObj(column -> rise(names.get(column), List.of(column), loss))
                .toList();
        List<FeatureImportance.Rise> families = families(names).entrySet().stream()
                .map(family -> family.getValue().size() == 1
                        ? renamed(features.get(family.getValue().getFirst()), family.getKey())
                        : rise(family.getKey(), family.getValue(), loss))
                .toList();
        return new FeatureImportance(
                windows.size(), shuffles.length, seed, loss, highestFirst(features), highestFirst(families), List.of());
    }

    /** Columns by what their names begin with: {@code return_4} is one of {@code return}. */
    private static Map<String, List<Integer>> families(List<String> names) {
        return IntStream.range(0, names.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        column -> names.get(column).split("_", 2)[0], LinkedHashMap::new, Collectors.toList()));
    }

    private FeatureImportance.Rise rise(String name, List<Integer> columns, double loss) {
        double[] rises = new double[windows.size()];
        for (int[] shuffle : shuffles) {
            double[] shuffled = losses(exchanged(columns, shuffle));
            for (int i = 0; i < rises.length; i++) {
                rises[i] += (shuffled[i] - losses[i]) / shuffles.length;
            }
        }
        HacMean mean = mean(rises);
        return new FeatureImportance.Rise(
                name, mean.mean(), mean.standardError(), loss > 0 ? 100 * mean.mean() / loss : 0);
    }

    private float[] exchanged(List<Integer> columns, int[] shuffle) {
        float[] copy = values.clone();
        for (int i = 0; i < shuffle.length; i++) {
            for (int step = 0; step < schema.steps(); step++) {
                for (int column : columns) {
                    int at = step * schema.width() + column;
                    copy[i * size + at] = values[shuffle[i] * size + at];
                }
            }
        }
        return copy;
    }

    /** Mean loss of each window over the horizons whose outcome is known. */
    private double[] losses(float[] inputs) {
        Forecasts forecasts = new Forecasts(windows, answers(inputs)).calibrated(calibration);
        return IntStream.range(0, windows.size())
                .mapToDouble(i -> IntStream.range(0, windows.shape().horizons().size())
                        .mapToDouble(horizon -> forecasts.loss(i, horizon))
                        .filter(loss -> !Double.isNaN(loss))
                        .average()
                        .orElse(Double.NaN))
                .toArray();
    }

    private float[] answers(float[] inputs) {
        int answer = windows.shape().size();
        float[] answers = new float[windows.size() * answer];
        for (int from = 0; from < windows.size(); from += BATCH) {
            int until = Math.min(windows.size(), from + BATCH);
            float[] batch = Arrays.copyOfRange(inputs, from * size, until * size);
            System.arraycopy(
                    forecaster.forecast(batch, until - from), 0, answers, from * answer, (until - from) * answer);
        }
        return answers;
    }

    private HacMean mean(double[] ofWindow) {
        return HacMean.of(TimeMeans.of(windows, i -> ofWindow[i]), 1);
    }

    private static FeatureImportance.Rise renamed(FeatureImportance.Rise rise, String name) {
        return new FeatureImportance.Rise(name, rise.rise(), rise.standardError(), rise.percent());
    }

    private static List<FeatureImportance.Rise> highestFirst(List<FeatureImportance.Rise> rises) {
        return rises.stream()
                .sorted(Comparator.comparingDouble(FeatureImportance.Rise::rise).reversed())
                .toList();
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] positions = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = positions[i];
            positions[i] = positions[other];
            positions[other] = swapped;
        }
        return positions;
    }
}
