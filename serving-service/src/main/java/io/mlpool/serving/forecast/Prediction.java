package io.mlpool.serving.forecast;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A forecast as it is answered; prices in quote currency, times in UTC. */
@Schema(description = "Where the price may go, and how sure that is")
public record Prediction(
        UUID predictionId,
        @Schema(example = "bitcoin") String asset,
        @Schema(example = "usd") String vsCurrency,
        @Schema(example = "1h") String interval,

        @Schema(description = "Close time of the newest candle that the forecast knows")
        Instant asOf,

        @Schema(description = "The time that the prices are about")
        Instant targetTime,

        @Schema(example = "24h") String horizon,
        double lastPrice,

        @Schema(description = "Median: as likely to end above as below")
        double predictedPrice,

        @Schema(
                description = "Price by probability of ending below it",
                example = "{\"0.05\": 60210.5, \"0.5\": 62105.0, \"0.95\": 64377.1}")
        Map<String, Double> quantiles,

        @Schema(description = "Probability that the price ends above last_price")
        double probabilityUp,

        @Schema(description = "The forecast of a random walk: the last price")
        double naivePrice,

        @Schema(description = "Expected distance between price and median")
        double estimatedError,

        @Schema(description = "False when one of the reasons speaks against it")
        boolean trusted,

        List<String> reasons,
        ModelLabel model) {

    static Prediction of(Forecast forecast, Instant now) {
        List<String> reasons = Stream.concat(
                        Doubts.stale(forecast.asOf(), forecast.interval(), now).stream(), forecast.doubts().stream())
                .toList();
        return new Prediction(
                forecast.id(),
                forecast.asset(),
                forecast.vsCurrency(),
                forecast.interval().label(),
                forecast.asOf(),
                forecast.targetTime(),
                forecast.horizon().label(),
                forecast.lastPrice(),
                forecast.distribution().median(),
                quantiles(forecast),
                forecast.probabilityUp(),
                forecast.naivePrice(),
                forecast.estimatedError(),
                reasons.isEmpty(),
                reasons,
                forecast.model());
    }

    private static Map<String, Double> quantiles(Forecast forecast) {
        Map<String, Double> quantiles = new LinkedHashMap<>();
        List<Double> levels = forecast.distribution().levels();
        for (int i = 0; i < levels.size(); i++) {
            quantiles.put(
                    levels.get(i).toString(), forecast.distribution().prices().get(i));
        }
        return quantiles;
    }
}
