package io.mlpool.training.naive;

import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import io.mlpool.training.dataset.Quantiles;
import io.mlpool.training.dataset.WindowSet;

/**
 * A random walk with EWMA volatility: whatever the window shows, the scaled return has the quantiles that it had in the past.
 * The volatility is in the scale, see {@link ForecastShape}.
 */
public final class RandomWalk implements Forecaster {

    private final ForecastShape shape;
    private final float[] quantiles;

    private RandomWalk(ForecastShape shape, float[] quantiles) {
        this.shape = shape;
        this.quantiles = quantiles;
    }

    /**
     * The empirical quantiles of each horizon's targets, interpolated linearly between them; unknown targets do not count.
     *
     * @throws IllegalArgumentException when a horizon has no known target
     */
    public static RandomWalk fit(WindowSet windows) {
        ForecastShape shape = windows.shape();
        int levels = shape.levels().size();
        float[] quantiles = new float[shape.size()];
        for (int horizon = 0; horizon < shape.horizons().size(); horizon++) {
            double[] targets = knownTargets(windows, horizon);
            for (int level = 0; level < levels; level++) {
                quantiles[horizon * levels + level] =
                        (float) Quantiles.of(targets, shape.levels().get(level));
            }
        }
        return new RandomWalk(shape, quantiles);
    }

    @Override
    public ForecastShape shape() {
        return shape;
    }

    /** The one answer, {@code [horizons x levels]}. */
    public float[] quantiles() {
        return quantiles.clone();
    }

    @Override
    public float[] forecast(float[] windows, int count) {
        float[] answers = new float[count * quantiles.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(quantiles, 0, answers, i * quantiles.length, quantiles.length);
        }
        return answers;
    }

    private static double[] knownTargets(WindowSet windows, int horizon) {
        double[] targets = Quantiles.sortedTargets(windows, horizon);
        if (targets.length == 0) {
            throw new IllegalArgumentException("none of %d windows has a known target %s ahead"
                    .formatted(windows.size(), windows.shape().horizons().get(horizon)));
        }
        return targets;
    }
}
