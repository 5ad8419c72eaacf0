package io.mlpool.serving.book;

import io.mlpool.serving.forecast.Forecast;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Forecasts in PostgreSQL: stored once, whoever made them, and scored when the candle at their target is there. */
final class ForecastStore {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final JdbcClient jdbc;
    private final Clock clock;

    ForecastStore(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Stores what is not stored yet, all in one statement; replicas that store the same do it in the same order.
     *
     * @return how many were not
     */
    int save(List<Forecast> forecasts) {
        if (forecasts.isEmpty()) {
            return 0;
        }
        return jdbc.sql("""
                INSERT INTO forecast (id, model, version, variant, run_id, asset, vs_currency, interval, horizon, as_of,
                                      target_time, target_open, last_price, levels, prices, probability_up, doubts, created_at)
                SELECT id, model, version, variant, run_id, asset, vs_currency, interval, horizon, as_of,
                       target_time, target_open, last_price, levels, prices, probability_up, doubts, :now
                FROM jsonb_to_recordset(:rows::jsonb) AS row (
                  id uuid, model text, version integer, variant text, run_id text, asset text, vs_currency text, interval text,
                  horizon text, as_of timestamptz, target_time timestamptz, target_open timestamptz,
                  last_price double precision, levels double precision[], prices double precision[],
                  probability_up double precision, doubts text[])
                ORDER BY id
                ON CONFLICT (id) DO NOTHING
                """)
                .param(
                        "rows",
                        JSON.writeValueAsString(forecasts.stream().map(Row::of).toList()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Writes what really happened beside every forecast whose target candle is finished: the price, the distance from the
     * median, the pinball loss of each quantile, and whether the price stayed between the outer ones. What another replica is
     * scoring is left to it.
     *
     * @return what came of those that were scored
     */
    List<Scored> score() {
        return jdbc.sql("""
                WITH due AS (
                  SELECT f.id, c.close
                  FROM forecast f
                  JOIN series s ON s.asset = f.asset AND s.vs_currency = f.vs_currency AND s.interval = f.interval
                  JOIN candle c ON c.series_id = s.id AND c.open_time = f.target_open AND c.finished
                  WHERE f.scored_at IS NULL AND f.target_time <= :now
                  FOR UPDATE OF f SKIP LOCKED),
                scored AS (
                  UPDATE forecast f
                  SET actual_price = c.close,
                      absolute_error = abs(c.close - f.prices[array_position(f.levels, 0.5::float8)]),
                      naive_error = abs(c.close - f.last_price),
                      inside_interval = c.close BETWEEN f.prices[1] AND f.prices[array_upper(f.prices, 1)],
                      pinball_losses = ARRAY(
                        SELECT CASE WHEN c.close >= q.price THEN q.level * (c.close - q.price)
                                    ELSE (1 - q.level) * (q.price - c.close) END
                        FROM unnest(f.levels, f.prices) WITH ORDINALITY AS q (level, price, n) ORDER BY q.n),
                      scored_at = :now
                  FROM due c WHERE c.id = f.id
                  RETURNING f.*)
                SELECT model, variant, horizon, count(*) AS forecasts, count(*) FILTER (WHERE inside_interval) AS covered,
                  sum(absolute_error / last_price) AS absolute_error, sum(naive_error / last_price) AS naive_error,
                  sum((SELECT 2 * avg(loss) FROM unnest(pinball_losses) AS loss) / last_price) AS quantile_loss
                FROM scored GROUP BY model, variant, horizon
                """)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, n) -> Scored.of(row))
                .list();
    }

    private record Row(
            UUID id,
            String model,
            int version,
            String variant,
            String runId,
            String asset,
            String vsCurrency,
            String interval,
            String horizon,
            Instant asOf,
            Instant targetTime,
            Instant targetOpen,
            double lastPrice,
            List<Double> levels,
            List<Double> prices,
            double probabilityUp,
            List<String> doubts) {

        static Row of(Forecast forecast) {
            return new Row(
                    forecast.id(),
                    forecast.model().name(),
                    forecast.model().version(),
                    forecast.model().variant().label(),
                    forecast.model().runId(),
                    forecast.asset(),
                    forecast.vsCurrency(),
                    forecast.interval().label(),
                    forecast.horizon().label(),
                    forecast.asOf(),
                    forecast.targetTime(),
                    forecast.targetTime().minus(forecast.interval().duration()),
                    forecast.lastPrice(),
                    forecast.distribution().levels(),
                    forecast.distribution().prices(),
                    forecast.probabilityUp(),
                    forecast.doubts());
        }
    }
}
