package io.mlpool.model;

/** Answers windows with quantiles; safe to call from many threads. */
public interface Forecaster {

    ForecastShape shape();

    /**
     * Quantiles of the scaled return, before calibration, that rise with the level.
     *
     * @param windows {@code [count x steps x width]}, row by row
     * @return {@code [count x horizons x levels]}
     */
    float[] forecast(float[] windows, int count);
}
