package io.mlpool.training.scale;

import io.mlpool.features.FeatureSchema;
import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import io.mlpool.training.dataset.Quantiles;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.network.onnx.Graph;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A scale for each window and horizon, times the quantiles of returns divided by it: what is left of a return when its scale is taken
 * out has nearly the same distribution always (filtered historical simulation: Barone-Adesi, Giannopoulos and Vosper 1999,
 * "VaR without correlations for portfolios of derivative securities"). Its quantiles cannot cross.
 */
public final class ScaleModel implements Forecaster {

    private static final int BATCH = 512;

    private final FeatureSchema features;
    private final ForecastShape shape;
    private final WindowColumns columns;
    private final LogScale scale;
    private final float[] quantiles;

    private ScaleModel(FeatureSchema features, ForecastShape shape, LogScale scale, float[] quantiles) {
        this.features = features;
        this.shape = shape;
        this.columns = new WindowColumns(features);
        this.scale = scale;
        this.quantiles = quantiles;
    }

    /**
     * The model of a scale that was learned.
     *
     * @param windows whose returns are divided by it
     * @param working is called between batches, and may throw to stop
     */
    public static ScaleModel fit(LogScale scale, WindowSet windows, Runnable working) {
        ForecastShape shape = windows.shape();
        double[][] standardised = standardised(scale, windows, working);
        float[] quantiles = new float[shape.size()];
        for (int i = 0; i < quantiles.length; i++) {
            double[] sorted = standardised[i / shape.levels().size()];
            quantiles[i] = (float)
                    Quantiles.of(sorted, shape.levels().get(i % shape.levels().size()));
        }
        return new ScaleModel(windows.schema(), shape, scale, quantiles);
    }

    /**
     * Returns over each horizon divided by their scale, in rising order. Each counts as a rise and as a fall, as windows do for a network
     * (see {@code Mirror}): the trend of the years that were learned from is no law.
     */
    private static double[][] standardised(LogScale scale, WindowSet windows, Runnable working) {
        int horizons = windows.shape().horizons().size();
        double[][] returns = new double[horizons][windows.size()];
        WindowColumns columns = new WindowColumns(windows.schema());
        for (int from = 0; from < windows.size(); from += BATCH) {
            working.run();
            int to = Math.min(windows.size(), from + BATCH);
            int[] positions = IntStream.range(from, to).toArray();
            float[] said = scale.of(columns.rows(windows, positions), positions.length);
            for (int i = from; i < to; i++) {
                for (int h = 0; h < horizons; h++) {
                    returns[h][i] = windows.target(i, h) / (float) Math.exp(said[(i - from) * horizons + h]);
                }
            }
        }
        return Arrays.stream(returns)
                .map(some -> Arrays.stream(some)
                        .filter(one -> !Double.isNaN(one))
                        .flatMap(one -> DoubleStream.of(one, -one))
                        .sorted()
                        .toArray())
                .toArray(double[][]::new);
    }

    @Override
    public ForecastShape shape() {
        return shape;
    }

    @Override
    public float[] forecast(float[] windows, int count) {
        float[] said = scale.of(columns.rows(windows, count), count);
        float[] answers = new float[count * shape.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = quantiles[i % shape.size()]
                    * (float) Math.exp(said[i / shape.levels().size()]);
        }
        return answers;
    }

    /** The model as an ONNX file. */
    public byte[] graph() {
        int horizons = shape.horizons().size();
        int levels = shape.levels().size();
        Graph graph = new Graph("scale", features, shape);
        String logarithms = scale.in(graph, columns.in(graph));
        String scales = graph.operator("Unsqueeze")
                .on(graph.operator("Exp").on(logarithms).output(), graph.integers(2))
                .output();
        return graph.answering(graph.operator("Mul")
                .on(scales, graph.constant(quantiles, 1, horizons, levels))
                .output());
    }
}
