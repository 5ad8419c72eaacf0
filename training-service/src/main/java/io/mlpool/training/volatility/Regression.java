package io.mlpool.training.volatility;

import io.mlpool.training.dataset.Sample;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.scale.RealisedScale;
import io.mlpool.training.scale.WindowColumns;
import java.util.Arrays;

/**
 * Ridge regression (Hoerl and Kennard 1970) of the volatility that came true on a row's columns, in one pass over the windows and
 * in closed form. Columns are penalised as if their standard deviation were 1.
 */
final class Regression {

    private static final int BATCH = 512;

    private final int columns;
    private final int horizons;
    private final double[] sums;
    private final double[][] products;
    private final double[] outcomes;
    private final double[][] crossed;
    private long count;

    private Regression(int columns, int horizons) {
        this.columns = columns;
        this.horizons = horizons;
        this.sums = new double[columns];
        this.products = new double[columns][columns];
        this.outcomes = new double[horizons];
        this.crossed = new double[columns][horizons];
    }

    /**
     * The line through these windows.
     *
     * @param working is called between batches, and may throw to stop
     */
    static LinearScale fit(WindowSet windows, VolatilityProperties settings, Runnable working) {
        int[] known = RealisedScale.known(windows);
        if (known.length == 0) {
            throw new IllegalArgumentException(
                    "volatility needs windows to learn from whose targets are all known, found none");
        }
        WindowColumns columns = new WindowColumns(windows.schema());
        Regression regression =
                new Regression(columns.count(), windows.shape().horizons().size());
        int[] chosen = Sample.evenly(known.length, settings.windows());
        for (int from = 0; from < chosen.length; from += BATCH) {
            working.run();
            int[] positions = Arrays.stream(chosen, from, Math.min(chosen.length, from + BATCH))
                    .map(i -> known[i])
                    .toArray();
            regression.add(columns.rows(windows, positions), windows, positions);
        }
        return regression.solved(settings.ridge());
    }

    private void add(float[] rows, WindowSet windows, int[] positions) {
        for (int i = 0; i < positions.length; i++) {
            for (int h = 0; h < horizons; h++) {
                double outcome = RealisedScale.of(windows, positions[i], h);
                outcomes[h] += outcome;
                for (int c = 0; c < columns; c++) {
                    crossed[c][h] += outcome * rows[i * columns + c];
                }
            }
            for (int c = 0; c < columns; c++) {
                double value = rows[i * columns + c];
                sums[c] += value;
                for (int d = 0; d <= c; d++) {
                    products[c][d] += value * rows[i * columns + d];
                }
            }
            count++;
        }
    }

    private LinearScale solved(double ridge) {
        double[][] lower = new double[columns][columns];
        for (int c = 0; c < columns; c++) {
            for (int d = 0; d <= c; d++) {
                lower[c][d] = products[c][d] / count - sums[c] / count * (sums[d] / count);
            }
            // A column that never moves gets no weight.
            lower[c][c] = Math.max(0, lower[c][c]) * (1 + ridge / count) + 1e-9;
        }
        decompose(lower);
        float[] weights = new float[columns * horizons];
        float[] intercepts = new float[horizons];
        for (int h = 0; h < horizons; h++) {
            double[] slopes = new double[columns];
            double intercept = outcomes[h] / count;
            for (int c = 0; c < columns; c++) {
                slopes[c] = crossed[c][h] / count - sums[c] / count * (outcomes[h] / count);
            }
            solve(lower, slopes);
            for (int c = 0; c < columns; c++) {
                weights[c * horizons + h] = (float) slopes[c];
                intercept -= slopes[c] * sums[c] / count;
            }
            intercepts[h] = (float) intercept;
        }
        return new LinearScale(weights, intercepts);
    }

    /** Cholesky's decomposition of a symmetric matrix of which the lower triangle is given, in its place. */
    private static void decompose(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= matrix[i][k] * matrix[j][k];
                }
                matrix[i][j] = i == j ? Math.sqrt(Math.max(1e-12, rest)) : rest / matrix[j][j];
            }
        }
    }

    private static void solve(double[][] lower, double[] right) {
        int size = right.length;
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                right[i] -= lower[i][k] * right[k];
            }
            right[i] /= lower[i][i];
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int k = i + 1; k < size; k++) {
                right[i] -= lower[k][i] * right[k];
            }
            right[i] /= lower[i][i];
        }
    }
}
