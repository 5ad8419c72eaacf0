package io.mlpool.training.trees;

import io.mlpool.training.dataset.Mirror;
import io.mlpool.training.dataset.Quantiles;
import io.mlpool.training.dataset.WindowSet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * Rows of windows with their targets, in XGBoost's memory: 12 bytes for each number. Only windows of which every target is known
 * are taken, so that all horizons share the rows.
 */
final class WindowTable implements AutoCloseable {

    private final DMatrix matrix;
    private final float[][] targets;

    private WindowTable(DMatrix matrix, float[][] targets) {
        this.matrix = matrix;
        this.targets = targets;
    }

    /** Positions of windows of which every target is known. */
    static int[] known(WindowSet windows) {
        int horizons = windows.shape().horizons().size();
        return IntStream.range(0, windows.size())
                .filter(i -> IntStream.range(0, horizons).noneMatch(h -> Float.isNaN(windows.target(i, h))))
                .toArray();
    }

    /**
     * The rows of some windows.
     *
     * @param mirror turns every second one over; absent where they are looked at as they are
     */
    static WindowTable of(WindowSet windows, int[] positions, WindowColumns columns, @Nullable Mirror mirror)
            throws XGBoostError {
        int horizons = windows.shape().horizons().size();
        float[] rows = new float[Math.multiplyExact(positions.length, columns.count())];
        float[][] targets = new float[horizons][positions.length];
        float[] window = new float[columns.windowSize()];
        float[] target = new float[horizons];
        for (int i = 0; i < positions.length; i++) {
            windows.copyWindow(positions[i], window, 0);
            for (int h = 0; h < horizons; h++) {
                target[h] = windows.target(positions[i], h);
            }
            if (mirror != null) {
                mirror.toss(window, 0, window.length, target, 0, horizons);
            }
            columns.copyRow(window, 0, rows, i * columns.count());
            for (int h = 0; h < horizons; h++) {
                targets[h][i] = target[h];
            }
        }
        return new WindowTable(new DMatrix(rows, positions.length, columns.count(), Float.NaN), targets);
    }

    /** The quantiles that the targets of a horizon have, whatever the rows. */
    float[] quantiles(int horizon, List<Double> levels) {
        double[] sorted = new double[targets[horizon].length];
        Arrays.setAll(sorted, i -> targets[horizon][i]);
        Arrays.sort(sorted);
        float[] quantiles = new float[levels.size()];
        for (int level = 0; level < quantiles.length; level++) {
            quantiles[level] = (float) Quantiles.of(sorted, levels.get(level));
        }
        return quantiles;
    }

    /** Mean pinball loss of an answer that does not depend on the rows. */
    double loss(int horizon, float[] quantiles, List<Double> levels) {
        double sum = 0;
        for (float target : targets[horizon]) {
            for (int level = 0; level < quantiles.length; level++) {
                double error = (double) target - quantiles[level];
                sum += Math.max(levels.get(level) * error, (levels.get(level) - 1) * error);
            }
        }
        return sum / targets[horizon].length / quantiles.length;
    }

    /** The rows with the targets of a horizon. */
    DMatrix at(int horizon) throws XGBoostError {
        matrix.setLabel(targets[horizon]);
        return matrix;
    }

    int size() {
        return targets[0].length;
    }

    @Override
    public void close() {
        matrix.dispose();
    }
}
