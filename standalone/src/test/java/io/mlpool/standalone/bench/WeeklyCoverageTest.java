package io.mlpool.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class WeeklyCoverageTest {

    private static final Instant FROM = Instant.parse("2026-01-01T05:00:00Z");

    private final JdbcClient jdbc = TestDatabase.create().jdbc();

    /** Four days of 18 in 24 hours and three of 21: their mean is 80.36 and their standard deviation 6.68. */
    @Test
    void daysCountTheSameAndTheErrorIsThatOfTheirMean() {
        outcomes("4h", "run", "d < 7 AND (d % 2 = 0 AND h < 18 OR d % 2 = 1 AND h < 21)", "d < 8");
        outcomes("1h", "run", "true", "d = 0");

        assertThat(new WeeklyCoverage(jdbc, FROM).lines())
                .containsExactly(
                        "week 1: 80 % intervals held % of outcomes: 1h 100.0 (error unknown), 4h 80.4 (error 2.5)",
                        "week 2: 80 % intervals held % of outcomes: 4h 0.0 (error unknown)");
    }

    @Test
    void theSabotagedVersionStandsApart() {
        outcomes("1h", "run", "true", "d = 0");
        outcomes("1h", "run-sabotaged", "h < 6", "d = 1");

        assertThat(new WeeklyCoverage(jdbc, FROM).lines())
                .containsExactly(
                        "week 1: 80 % intervals held % of outcomes: 1h 100.0 (error unknown)",
                        "week 1: the sabotaged version's 80 % intervals held % of outcomes: 1h 25.0 (error unknown)");
    }

    /** One outcome for each hour h of the days d, each an hour's half after it, and within the interval of 9 to 11 or far above. */
    private void outcomes(String horizon, String run, String inside, String days) {
        jdbc.sql("""
                INSERT INTO forecast (id, model, version, variant, run_id, asset, vs_currency, interval, horizon, as_of, target_time, target_open,
                  last_price, levels, prices, probability_up, doubts, created_at, actual_price)
                SELECT gen_random_uuid(), 'price-1h', 1, 'champion', :run, 'bitcoin', 'usd', '1h', :horizon, t, t, t,
                  10, '{0.1,0.5,0.9}', '{9,10,11}', 0.5, '{}', t, CASE WHEN %s THEN 10 ELSE 100 END
                FROM generate_series(0, 20) d, generate_series(0, 23) h,
                  LATERAL (SELECT :from::timestamptz + make_interval(days => d, hours => h, mins => 30) AS t) at
                WHERE %s
                """.formatted(inside, days))
                .param("run", run)
                .param("horizon", horizon)
                .param("from", FROM.toString())
                .update();
    }
}
