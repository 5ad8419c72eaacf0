package io.mlpool.training;

import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;

/**
 * A forecaster that can be stopped between its answers: forecasting a year of windows takes as long as some epochs.
 *
 * @param forecaster who answers
 * @param working is called before each answer; what it throws ends the forecasting
 */
public record StoppableForecaster(Forecaster forecaster, Runnable working) implements Forecaster {

    @Override
    public ForecastShape shape() {
        return forecaster.shape();
    }

    @Override
    public float[] forecast(float[] windows, int count) {
        working.run();
        return forecaster.forecast(windows, count);
    }
}
