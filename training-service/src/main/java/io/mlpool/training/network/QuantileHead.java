package io.mlpool.training.network;

/**
 * Turns a network's raw numbers into quantiles that cannot cross, and measures them. Of each horizon's raw numbers the one of
 * the median stands for itself; every other one, through softplus, is the distance to the neighbour nearer to the median.
 * The loss is the pinball loss (Koenker and Bassett 1978, "Regression quantiles"), its mean over the levels and weighted mean
 * over the horizons; a target that is not known (NaN) adds nothing.
 */
final class QuantileHead {

    /** No two neighbouring quantiles start closer to each other: softplus would hardly let them part again. */
    private static final double CLOSEST = 1e-3;

    private final double[] weights;
    private final double[] levels;
    private final int median;

    /**
     * A head.
     *
     * @param weights of the horizons, one in all
     * @param levels of the quantiles
     * @param median position of the median among the levels
     */
    QuantileHead(double[] weights, double[] levels, int median) {
        this.weights = weights;
        this.levels = levels;
        this.median = median;
    }

    static QuantileHead of(NetworkCard card) {
        return new QuantileHead(card.weights(), card.levels(), card.shape().medianIndex());
    }

    /** Numbers in a row, raw or quantiles. */
    int size() {
        return weights.length * levels.length;
    }

    /** Replaces each of the rows by its quantiles. */
    void toQuantiles(double[] rows) {
        for (int from = 0; from < rows.length; from += levels.length) {
            for (int k = median + 1; k < levels.length; k++) {
                rows[from + k] = rows[from + k - 1] + softplus(rows[from + k]);
            }
            for (int k = median - 1; k >= 0; k--) {
                rows[from + k] = rows[from + k + 1] - softplus(rows[from + k]);
            }
        }
    }

    /** The raw numbers that stand for these quantiles. */
    float[] raw(float[] quantiles) {
        float[] raw = quantiles.clone();
        for (int i = 0; i < raw.length; i++) {
            int k = i % levels.length;
            if (k != median) {
                double distance = k > median ? quantiles[i] - quantiles[i - 1] : quantiles[i + 1] - quantiles[i];
                raw[i] = (float) Math.log(Math.expm1(Math.max(CLOSEST, distance)));
            }
        }
        return raw;
    }

    /** Mean pinball loss of one horizon of a row; 0 when the target is not known. */
    double loss(double[] quantiles, int row, int horizon, double target) {
        if (Double.isNaN(target)) {
            return 0;
        }
        int from = row * size() + horizon * levels.length;
        double sum = 0;
        for (int k = 0; k < levels.length; k++) {
            double error = target - quantiles[from + k];
            sum += Math.max(levels[k] * error, (levels[k] - 1) * error);
        }
        return sum / levels.length;
    }

    /** Loss of each row. */
    double[] losses(double[] quantiles, double[] targets) {
        double[] losses = new double[quantiles.length / size()];
        for (int row = 0; row < losses.length; row++) {
            for (int horizon = 0; horizon < weights.length; horizon++) {
                double target = targets[row * weights.length + horizon];
                losses[row] += weights[horizon] * loss(quantiles, row, horizon, target);
            }
        }
        return losses;
    }

    /** Gradient of the sum of {@link #losses} with respect to the raw numbers. */
    double[] gradient(double[] raw, double[] quantiles, double[] targets) {
        double[] gradient = new double[raw.length];
        for (int block = 0; block < targets.length; block++) {
            if (!Double.isNaN(targets[block])) {
                double weight = weights[block % weights.length] / levels.length;
                addGradient(raw, quantiles, block * levels.length, targets[block], weight, gradient);
            }
        }
        return gradient;
    }

    private void addGradient(
            double[] raw, double[] quantiles, int from, double target, double weight, double[] gradient) {
        double above = 0;
        for (int k = levels.length - 1; k > median; k--) {
            above += weight * slope(k, quantiles[from + k], target);
            gradient[from + k] = above * sigmoid(raw[from + k]);
        }
        double below = 0;
        for (int k = 0; k < median; k++) {
            below += weight * slope(k, quantiles[from + k], target);
            gradient[from + k] = -below * sigmoid(raw[from + k]);
        }
        gradient[from + median] = above + below + weight * slope(median, quantiles[from + median], target);
    }

    private double slope(int level, double quantile, double target) {
        return target > quantile ? -levels[level] : 1 - levels[level];
    }

    private static double softplus(double x) {
        return x > 30 ? x : Math.log1p(Math.exp(x));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
