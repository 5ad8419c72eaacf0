package io.mlpool.serving.forecast;

/**
 * A forecast with the JSON of its {@link Prediction}, which holds until the forecast is stale.
 *
 * @param json as long as the candles behind it are fresh
 */
public record Rendered(Forecast forecast, String json) {}
