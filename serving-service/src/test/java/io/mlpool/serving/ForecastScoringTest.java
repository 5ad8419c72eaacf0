package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of forecasts when their time has come. */
class ForecastScoringTest extends ServingOfTwoAssets {

    @Test
    void forecastIsScoredWhenItsTimeHasCome() {
        startWithAModel();
        JsonNode forecast = server.json(server.post("/predict", "{\"asset\":\"ethereum\",\"horizon\":\"1h\"}"));
        market.extend("bitcoin", close, 1, 0);
        clock.set(market.extend("ethereum", close, 1, 0));

        eventually(() -> assertThat(past(forecast).get("scored_at").isNull()).isFalse());

        JsonNode scored = past(forecast);
        double actual = database.jdbc()
                .sql(
                        "SELECT close FROM candle c JOIN series s ON s.id = c.series_id WHERE asset = 'ethereum' ORDER BY open_time DESC LIMIT 1")
                .query(Double.class)
                .single();
        double median = forecast.get("predicted_price").asDouble();
        assertThat(scored.get("actual_price").asDouble()).isEqualTo(actual);
        assertThat(scored.get("absolute_error").asDouble()).isCloseTo(Math.abs(actual - median), within(1e-9));
        assertThat(scored.get("naive_error").asDouble())
                .isCloseTo(Math.abs(actual - forecast.get("last_price").asDouble()), within(1e-9));
        assertThat(scored.at("/pinball_losses/0.5").asDouble()).isCloseTo(Math.abs(actual - median) / 2, within(1e-9));
        double high = forecast.at("/quantiles/0.95").asDouble();
        assertThat(scored.at("/pinball_losses/0.95").asDouble())
                .isCloseTo(actual >= high ? 0.95 * (actual - high) : 0.05 * (high - actual), within(1e-9));
        assertThat(scored.get("inside_interval").asBoolean())
                .isEqualTo(actual >= forecast.at("/quantiles/0.05").asDouble() && actual <= high);
    }

    @Test
    void whatBecameOfForecastsIsCounted() {
        startWithAModel();
        market.extend("bitcoin", close, 1, 0);
        clock.set(market.extend("ethereum", close, 1, 0));

        eventually(() -> assertThat(counted("scored", "1h")).isEqualTo(2));

        assertThat(counted("scored", "4h")).as("their time has not come").isZero();
        assertThat(counted("covered", "1h")).isEqualTo(sum("inside_interval::int"));
        assertThat(counted("absolute_error", "1h")).isCloseTo(sum("absolute_error / last_price"), within(1e-9));
        assertThat(counted("naive_error", "1h")).isCloseTo(sum("naive_error / last_price"), within(1e-9));
        assertThat(counted("quantile_loss", "1h"))
                .isCloseTo(sum("2 * (SELECT avg(loss) FROM unnest(pinball_losses) loss) / last_price"), within(1e-9));
    }

    @Test
    void forecastWhoseTargetCandleIsMissingStaysUnscored() {
        startWithAModel();
        JsonNode forecast = server.json(server.post("/predict", "{\"asset\":\"ethereum\",\"horizon\":\"1h\"}"));
        market.extend("bitcoin", close, 2, 0);
        market.extend("ethereum", close.plus(Duration.ofHours(1)), 1, 0);
        clock.set(close.plus(Duration.ofHours(2)));

        eventually(() -> assertThat(asOf("ethereum")).isEqualTo(clock.instant().toString()));

        assertThat(past(forecast).get("scored_at").isNull()).isTrue();
    }

    private JsonNode past(JsonNode forecast) {
        JsonNode past = server.json(server.get("/predictions?asset=ethereum&interval=1h&horizon=1h&limit=10"))
                .get("predictions");
        for (JsonNode one : past) {
            if (one.get("prediction_id").equals(forecast.get("prediction_id"))) {
                return one;
            }
        }
        throw new AssertionError(forecast + " is not in " + past);
    }

    private HttpResponse<String> predict(String asset) {
        return server.post("/predict", "{\"asset\":\"%s\"}".formatted(asset));
    }

    private String asOf(String asset) {
        return server.json(predict(asset)).get("as_of").asString();
    }

    private double counted(String what, String horizon) {
        String series = "mlpool_forecasts_%s_total{alias=\"champion\",horizon=\"%s\",model=\"price-1h\"} "
                .formatted(what, horizon);
        return server.get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElse(Double.NaN);
    }

    private double sum(String expression) {
        return database.jdbc()
                .sql("SELECT sum(%s)::double precision FROM forecast WHERE scored_at IS NOT NULL".formatted(expression))
                .query(Double.class)
                .single();
    }
}
