package io.mlpool.training.network;

import io.mlpool.features.FeatureSchema;
import io.mlpool.training.dataset.Mirror;
import io.mlpool.training.dataset.WindowSet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Windows as DL4J takes them. Native memory, freed by {@link #close()} instead of some day by the garbage collector.
 *
 * @param rows {@code [N x steps x features]}, scaled
 * @param targets {@code [N x horizons]}, NaN where unknown
 */
record Batch(INDArray rows, INDArray targets) implements AutoCloseable {

    /** The windows at {@code positions[from]} up to {@code positions[to]} (exclusive). */
    static Batch of(WindowSet windows, Scaler scaler, int[] positions, int from, int to) {
        return of(windows, scaler, positions, from, to, null);
    }

    /** The same windows as they are learned from, each turned over or not. */
    static Batch of(WindowSet windows, Scaler scaler, int[] positions, int from, int to, @Nullable Mirror mirror) {
        int size = windows.schema().steps() * windows.schema().width();
        int horizons = windows.shape().horizons().size();
        float[] values = new float[(to - from) * size];
        float[] targets = new float[(to - from) * horizons];
        for (int i = from; i < to; i++) {
            windows.copyWindow(positions[i], values, (i - from) * size);
            for (int horizon = 0; horizon < horizons; horizon++) {
                targets[(i - from) * horizons + horizon] = windows.target(positions[i], horizon);
            }
            if (mirror != null) {
                mirror.toss(values, (i - from) * size, size, targets, (i - from) * horizons, horizons);
            }
        }
        return of(values, targets, to - from, windows.schema(), scaler);
    }

    /** Windows without targets, {@code [count x steps x features]} row by row. */
    static Batch of(float[] windows, int from, int to, FeatureSchema schema, Scaler scaler) {
        int size = schema.steps() * schema.width();
        float[] values = Arrays.copyOfRange(windows, from * size, to * size);
        return of(values, new float[to - from], to - from, schema, scaler);
    }

    private static Batch of(float[] values, float[] targets, int count, FeatureSchema schema, Scaler scaler) {
        scaler.apply(values, values.length);
        return new Batch(
                Nd4j.create(values, new long[] {count, schema.steps(), schema.width()}, 'c'),
                Nd4j.create(targets, new long[] {count, targets.length / count}, 'c'));
    }

    /** {@code [N x features x steps]}, the layout of DL4J's recurrent layers: a view of {@link #rows}. */
    INDArray windows() {
        return rows.permute(0, 2, 1);
    }

    @Override
    public void close() {
        rows.close();
        targets.close();
    }
}
