package io.mlpool.training.ensemble;

import io.mlpool.model.ForecastShape;
import io.mlpool.model.Forecaster;
import io.mlpool.training.TrainedModel;
import java.util.List;

/**
 * The weighted mean of its members' quantiles, each computed by the engine that trained it. A mean of quantiles that rise rises too.
 *
 * @param members in the order of the weights
 */
record EnsembleForecaster(ForecastShape shape, List<TrainedModel> members, Weights weights) implements Forecaster {

    @Override
    public float[] forecast(float[] windows, int count) {
        float[] mean = new float[count * shape.size()];
        for (int m = 0; m < members.size(); m++) {
            float[] counts = weights.member(m);
            float[] said = members.get(m).forecaster().forecast(windows, count);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += counts[i % shape.size() / shape.levels().size()] * said[i];
            }
        }
        return mean;
    }
}
