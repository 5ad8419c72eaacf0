package io.mlpool.serving.book;

import io.mlpool.serving.drift.DriftTallies;
import io.mlpool.serving.drift.Sighting;
import io.mlpool.serving.forecast.Forecast;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Forecasts in PostgreSQL: stored once, whoever made them. */
final class ForecastStore {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DriftTallies tallies;
    private final Clock clock;

    ForecastStore(JdbcClient jdbc, TransactionTemplate transaction, DriftTallies tallies, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.tallies = tallies;
        this.clock = clock;
    }

    /**
     * Stores what is not stored yet, all in one statement, and counts in the same transaction what is watched of it: each forecast once, by
     * whichever replica was first. Replicas that store the same do it in the same order.
     *
     * @return how many were not stored yet
     */
    int save(List<Made> made) {
        if (made.isEmpty()) {
            return 0;
        }
        return Objects.requireNonNull(transaction.execute(status -> {
            Set<UUID> stored = insert(made.stream().map(Made::forecast).toList());
            tallies.add(made.stream()
                    .filter(one -> stored.contains(one.forecast().id()))
                    .flatMap(one -> one.watched().map(watched -> new Sighting(one.forecast(), watched)).stream())
                    .toList());
            return stored.size();
        }));
    }

    private Set<UUID> insert(List<Forecast> forecasts) {
        return jdbc.sql("""
                INSERT INTO forecast (id, model, version, variant, run_id, asset, vs_currency, interval, horizon, as_of,
                                      target_time, target_open, last_price, levels, prices, probability_up, doubts, scale,
                                      spread, estimated_error, created_at)
                SELECT id, model, version, variant, run_id, asset, vs_currency, interval, horizon, as_of,
                       target_time, target_open, last_price, levels, prices, probability_up, doubts, scale,
                       spread, estimated_error, :now
                FROM jsonb_to_recordset(:rows::jsonb) AS row (
                  id uuid, model text, version integer, variant text, run_id text, asset text, vs_currency text, interval text,
                  horizon text, as_of timestamptz, target_time timestamptz, target_open timestamptz,
                  last_price double precision, levels double precision[], prices double precision[],
                  probability_up double precision, doubts text[], scale double precision, spread double precision,
                  estimated_error double precision)
                ORDER BY id
                ON CONFLICT (id) DO NOTHING
                RETURNING id
                """)
                .param(
                        "rows",
                        JSON.writeValueAsString(forecasts.stream().map(Row::of).toList()))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(UUID.class)
                .set();
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
            List<String> doubts,
            double scale,
            double spread,
            double estimatedError) {

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
                    forecast.doubts(),
                    forecast.scale(),
                    forecast.distribution().expectedAbsoluteError(),
                    forecast.estimatedError());
        }
    }
}
