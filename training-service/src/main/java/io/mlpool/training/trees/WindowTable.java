package io.mlpool.training.trees;

import io.mlpool.training.dataset.Mirror;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.scale.WindowColumns;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Rows of windows with what came true after them, in XGBoost's memory: 12 bytes for each number while they grow. Every horizon of
 * theirs must be known, so that all horizons share the rows.
 */
final class WindowTable implements AutoCloseable {

    private final DMatrix matrix;
    private final float[][] outcomes;

    private WindowTable(float[] rows, int columns, float[][] outcomes) throws XGBoostError {
        this.matrix = new DMatrix(rows, outcomes[0].length, columns, Float.NaN);
        this.outcomes = outcomes;
    }

    /**
     * The rows of the windows at these positions.
     *
     * @param outcomes {@code [horizons x positions]}
     */
    static WindowTable of(WindowSet windows, int[] positions, float[][] outcomes) throws XGBoostError {
        WindowColumns columns = new WindowColumns(windows.schema());
        return new WindowTable(columns.rows(windows, positions), columns.count(), outcomes);
    }

    /** The same, but every second one turned over with its outcomes. */
    static WindowTable mirrored(WindowSet windows, int[] positions, float[][] outcomes, Mirror mirror)
            throws XGBoostError {
        WindowColumns columns = new WindowColumns(windows.schema());
        float[] rows = new float[Math.multiplyExact(positions.length, columns.count())];
        float[] window = new float[columns.windowSize()];
        float[] after = new float[outcomes.length];
        for (int i = 0; i < positions.length; i++) {
            windows.copyWindow(positions[i], window, 0);
            for (int h = 0; h < after.length; h++) {
                after[h] = outcomes[h][i];
            }
            mirror.toss(window, 0, window.length, after, 0, after.length);
            columns.copyRow(window, 0, rows, i * columns.count());
            for (int h = 0; h < after.length; h++) {
                outcomes[h][i] = after[h];
            }
        }
        return new WindowTable(rows, columns.count(), outcomes);
    }

    /** What came true over a horizon. */
    float[] outcomes(int horizon) {
        return outcomes[horizon];
    }

    /** The rows with what came true over a horizon. */
    DMatrix at(int horizon) throws XGBoostError {
        matrix.setLabel(outcomes[horizon]);
        return matrix;
    }

    int size() {
        return outcomes[0].length;
    }

    @Override
    public void close() {
        matrix.dispose();
    }
}
