package io.mlpool.training.evaluation;

import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import io.mlpool.training.dataset.WindowSet;

/**
 * The naive opponent: the price walks at random with the current EWMA volatility, and the quantiles of its scaled return are
 * those seen so far (filtered historical simulation; Barone-Adesi, Giannopoulos and Vosper 1999). The same for every window.
 *
 * @param quantiles {@code [horizons x levels]} of the scaled return
 */
public record RandomWalk(ForecastShape shape, float[] quantiles) implements Forecaster {

    /** Takes the quantiles of a train slice. */
    public static RandomWalk fit(WindowSet train) {
        ForecastShape shape = train.shape();
        float[] quantiles = new float[shape.size()];
        int at = 0;
        for (int h = 0; h < shape.horizons().size(); h++) {
            double[] targets = Quantiles.sortedTargets(train, h);
            for (double level : shape.levels()) {
                quantiles[at++] = (float) Quantiles.of(targets, level);
            }
        }
        return new RandomWalk(shape, quantiles);
    }

    @Override
    public float[] forecast(float[] windows, int count) {
        float[] answers = new float[count * quantiles.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(quantiles, 0, answers, i * quantiles.length, quantiles.length);
        }
        return answers;
    }

    /** What it says about every window, without cutting one. */
    public Forecasts about(WindowSet windows) {
        return new Forecasts(windows, forecast(new float[0], windows.size()));
    }
}
