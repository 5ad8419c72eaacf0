package io.mlpool.serving.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is left of forecasts of long ago. */
class ForecastRetentionTest {

    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

    private final JdbcClient jdbc = TestDatabase.create().jdbc();
    private final ForecastRetention retention =
            new ForecastRetention(jdbc, Duration.ofDays(100), new SettableClock(NOW));

    @BeforeEach
    void forecastForYears() {
        forecasts("price-1h", NOW.minus(Duration.ofDays(700)), 10);
        forecasts("price-1h", NOW.minus(Duration.ofDays(101)), 10);
        forecasts("price-1h", NOW.minus(Duration.ofDays(99)), 10);
        forecasts("price-1h", NOW, 10);
        forecasts("price-4h", NOW.minus(Duration.ofDays(2_050)), 10);
        forecasts("price-4h", NOW.minus(Duration.ofDays(2_000)), 10);
    }

    @Test
    void whatIsMuchOlderThanTheNewestOfItsModelGoesAndTheSumsByTimeStay() {
        forecasts("price-1h", NOW.minus(Duration.ofDays(600)), 10_001);

        retention.remove(() -> false);

        assertThat(count("forecast WHERE model = 'price-1h'"))
                .as("however many there were")
                .isEqualTo(20);
        assertThat(count("forecast_day WHERE model = 'price-1h'")).isEqualTo(20);
        assertThat(count("forecast WHERE model = 'price-4h'"))
                .as("a replay of years ago keeps what it makes")
                .isEqualTo(20);
        assertThat(count("forecast_day WHERE model = 'price-4h'")).isEqualTo(20);
        assertThat(count("forecast_outcome")).isEqualTo(7);
    }

    @Test
    void aForecastFromTheFutureDoesNotMakeTheOthersOld() {
        forecasts("price-1h", NOW.plus(Duration.ofDays(3_000)), 1);

        retention.remove(() -> false);

        assertThat(count("forecast WHERE model = 'price-1h'")).isEqualTo(21);
    }

    @Test
    void whoEndsRemovesNoMore() {
        retention.remove(() -> true);

        assertThat(count("forecast WHERE model = 'price-1h'")).isEqualTo(40);
    }

    private void forecasts(String model, Instant asOf, int assets) {
        for (String statement : new String[] {"""
                INSERT INTO forecast_measure VALUES (:model, 1, '1h', '1h', 3600, '{0.5}', NULL) ON CONFLICT DO NOTHING
                """, """
                INSERT INTO forecast (id, model, version, variant, run_id, asset, vs_currency, interval, horizon, as_of, target_time, target_open,
                  last_price, levels, prices, probability_up, doubts, created_at)
                SELECT gen_random_uuid(), :model, 1, 'champion', 'run', 'coin' || n, 'usd', '1h', '1h', t, t, t, 1, '{0.5}', '{1}', 0.5, '{}', t
                FROM generate_series(1, :assets) n, (SELECT :asOf::timestamptz) AS at (t)
                """, """
                INSERT INTO forecast_day
                SELECT :model, 1, '1h', 'coin' || n, (:asOf::timestamptz AT TIME ZONE 'UTC')::date, 'champion', 'high', 1, '{1}', 1, 1, 1, 1, 1, 1, 1
                FROM generate_series(1, :assets) n
                """, """
                INSERT INTO forecast_outcome
                SELECT :model, 1, '1h', :asOf::timestamptz, 'champion', 'high', :assets, '{1}', 1, 1, 1, 1, 1, 1, 1
                """}) {
            jdbc.sql(statement)
                    .param("model", model)
                    .param("asOf", asOf.toString())
                    .param("assets", assets)
                    .update();
        }
    }

    private long count(String rows) {
        return jdbc.sql("SELECT count(*) FROM " + rows).query(Long.class).single();
    }
}
