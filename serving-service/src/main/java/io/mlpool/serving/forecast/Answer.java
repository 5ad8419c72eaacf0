package io.mlpool.serving.forecast;

import java.util.List;
import java.util.Optional;

/**
 * What a model said about one piece of evidence.
 *
 * @param forecasts for each horizon of the model; none where its numbers do not make prices, which only absurd candles bring about
 * @param watched what is watched of it for drift; empty where the bundle has nothing to compare it with
 */
public record Answer(List<Forecast> forecasts, Optional<Watched> watched) {

    public Answer {
        forecasts = List.copyOf(forecasts);
    }
}
