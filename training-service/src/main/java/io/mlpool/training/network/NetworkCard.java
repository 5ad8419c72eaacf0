package io.mlpool.training.network;

import io.mlpool.features.FeatureSchema;
import io.mlpool.model.ForecastShape;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.dataset.WindowSet;
import java.util.Arrays;

/**
 * What a saved network needs to be told beside its weights.
 *
 * @param features that it takes, in this order
 * @param shape of its answers
 * @param scaler that its weights were learned behind
 */
record NetworkCard(FeatureSchema features, ForecastShape shape, Scaler scaler) {

    /**
     * How much each horizon counts in training, one in all: as the root of the number of targets that do not overlap, since
     * what many overlapping ones say together is learned by heart before it is understood.
     */
    double[] weights() {
        double[] weights = shape.horizons().stream()
                .mapToDouble(horizon -> 1 / Math.sqrt(horizon.bars(features.interval())))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    double[] levels() {
        return shape.levels().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Throws when the network takes or answers something else than these windows. The market's assets may differ. */
    void requireFit(WindowSet windows) {
        FeatureSchema asked = windows.schema();
        if (!features.names().equals(asked.names())) {
            throw new CannotFineTuneException("features", features.names(), asked.names());
        }
        if (features.interval() != asked.interval() || features.steps() != asked.steps()) {
            throw new CannotFineTuneException("windows", window(features), window(asked));
        }
        if (!shape.equals(windows.shape())) {
            throw new CannotFineTuneException("answers", shape, windows.shape());
        }
    }

    /** The same network for windows whose market factor is made of other assets. */
    NetworkCard withFeatures(FeatureSchema other) {
        return new NetworkCard(other, shape, scaler);
    }

    private static String window(FeatureSchema features) {
        return "%d candles of %s".formatted(features.steps(), features.interval());
    }
}
