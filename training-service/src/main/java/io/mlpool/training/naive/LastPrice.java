package io.mlpool.training.naive;

import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;

/** The simplest opponent: the price stays what it is, for sure. A point forecast; its quantiles are all zero. */
public record LastPrice(ForecastShape shape) implements Forecaster {

    @Override
    public float[] forecast(float[] windows, int count) {
        return new float[count * shape.size()];
    }
}
