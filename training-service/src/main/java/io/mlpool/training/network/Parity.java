package io.mlpool.training.network;

import io.mlpool.model.Forecaster;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;

/** Whether a model's graph says the same as the engine that trained it. Nothing may be registered where it does not. */
public final class Parity {

    /** Largest difference that rounding may make in a quantile of the scaled return. */
    public static final double TOLERANCE = 1e-4;

    private static final int WINDOWS = 1_000;

    private Parity() {}

    /**
     * Compares the answers to at most 1,000 real windows, evenly spaced.
     *
     * @return the largest difference found, at most {@link #TOLERANCE}
     * @throws ParityException when one is larger, or an answer is not finite
     */
    public static double check(TrainedModel model, WindowSet windows) {
        int[] positions = Sample.evenly(windows.size(), WINDOWS);
        int size = windows.schema().steps() * windows.schema().width();
        float[] values = new float[positions.length * size];
        for (int i = 0; i < positions.length; i++) {
            windows.copyWindow(positions[i], values, i * size);
        }
        try (OnnxForecaster graph = OnnxForecaster.of(model.onnx(), windows.schema(), windows.shape())) {
            return check(model.forecaster(), graph, values, positions.length);
        }
    }

    private static double check(Forecaster engine, Forecaster graph, float[] windows, int count) {
        float[] expected = engine.forecast(windows, count);
        float[] found = graph.forecast(windows, count);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) expected[i] - found[i]);
            if (!(difference <= TOLERANCE)) {
                throw new ParityException(i / engine.shape().size(), expected[i], found[i], difference);
            }
            worst = Math.max(worst, difference);
        }
        return worst;
    }
}
