package io.mlpool.serving.forecast;

import io.mlpool.model.Algorithm;
import io.mlpool.registry.Alias;
import io.mlpool.serving.live.LiveForecaster;

/**
 * Who said it.
 *
 * @param name registered name: {@code price-1h}
 * @param version within the name
 * @param algorithm how the model was made
 * @param variant alias under which the model was live
 * @param runId training run that made it
 */
public record ModelLabel(String name, int version, Algorithm algorithm, Alias variant, String runId) {

    public static ModelLabel of(LiveForecaster model) {
        return new ModelLabel(
                model.slot().model(),
                model.version().version(),
                model.manifest().algorithm(),
                model.slot().alias(),
                model.version().runId());
    }
}
