package io.mlpool.standalone;

import io.mlpool.model.ForecastBundle;
import io.mlpool.model.OnnxForecaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * Questions to a model and what our own forecaster answers: the window of its golden answer, and random ones after it.
 *
 * @param nested {@code [count][steps][width]}
 * @param answers {@code [count x horizons x levels]}
 */
record Windows(List<List<List<Float>>> nested, float[] answers) {

    private static final long SEED = 20260101;

    static Windows of(ForecastBundle bundle, int count) {
        float[] golden = bundle.golden().window();
        float[] all = new float[count * golden.length];
        Random random = new Random(SEED);
        for (int i = 0; i < all.length; i++) {
            all[i] = i < golden.length ? golden[i] : (float) random.nextGaussian();
        }
        try (OnnxForecaster forecaster = bundle.load()) {
            return new Windows(
                    nested(all, count, bundle.manifest().features().steps()), forecaster.forecast(all, count));
        }
    }

    Path write(Path file) {
        try {
            return Files.write(file, PoolClient.JSON.writeValueAsBytes(nested));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Numbers of nested arrays, in their order. */
    static float[] floats(JsonNode nested) {
        List<Float> numbers = new ArrayList<>();
        collect(nested, numbers);
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i);
        }
        return values;
    }

    private static void collect(JsonNode node, List<Float> numbers) {
        if (node.isArray()) {
            node.valueStream().forEach(child -> collect(child, numbers));
        } else {
            numbers.add(node.floatValue());
        }
    }

    private static List<List<List<Float>>> nested(float[] all, int count, int steps) {
        int width = all.length / count / steps;
        List<List<List<Float>>> windows = new ArrayList<>();
        for (int window = 0; window < count; window++) {
            List<List<Float>> rows = new ArrayList<>();
            for (int step = 0; step < steps; step++) {
                List<Float> row = new ArrayList<>();
                for (int column = 0; column < width; column++) {
                    row.add(all[(window * steps + step) * width + column]);
                }
                rows.add(row);
            }
            windows.add(rows);
        }
        return windows;
    }
}
