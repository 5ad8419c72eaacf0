package io.mlpool.training.trees;

import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.scale.RealisedScale;
import io.mlpool.training.scale.WindowColumns;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Rows of windows with what came true after them, in XGBoost's memory: 12 bytes for each number while they grow. Every horizon of
 * theirs must be known, so that all horizons share the rows.
 */
final class WindowTable implements AutoCloseable {

    private final DMatrix matrix;
    private final float[][] scales;

    private WindowTable(DMatrix matrix, float[][] scales) {
        this.matrix = matrix;
        this.scales = scales;
    }

    /** The rows of the windows at these positions. */
    static WindowTable of(WindowSet windows, int[] positions) throws XGBoostError {
        WindowColumns columns = new WindowColumns(windows.schema());
        float[][] scales = new float[windows.shape().horizons().size()][positions.length];
        for (int h = 0; h < scales.length; h++) {
            for (int i = 0; i < positions.length; i++) {
                scales[h][i] = RealisedScale.of(windows, positions[i], h);
            }
        }
        float[] rows = columns.rows(windows, positions);
        return new WindowTable(new DMatrix(rows, positions.length, columns.count(), Float.NaN), scales);
    }

    /** Mean of what came true over a horizon. */
    float mean(int horizon) {
        double sum = 0;
        for (float scale : scales[horizon]) {
            sum += scale;
        }
        return (float) (sum / size());
    }

    /** Root mean squared error of an answer that does not depend on the rows. */
    double error(int horizon, float answer) {
        double sum = 0;
        for (float scale : scales[horizon]) {
            sum += ((double) scale - answer) * ((double) scale - answer);
        }
        return Math.sqrt(sum / size());
    }

    /** The rows with what came true over a horizon. */
    DMatrix at(int horizon) throws XGBoostError {
        matrix.setLabel(scales[horizon]);
        return matrix;
    }

    int size() {
        return scales[0].length;
    }

    @Override
    public void close() {
        matrix.dispose();
    }
}
