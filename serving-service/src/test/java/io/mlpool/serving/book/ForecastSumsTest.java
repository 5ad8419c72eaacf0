package io.mlpool.serving.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What scoring adds up, whoever scores and however often it is interrupted. */
class ForecastSumsTest {

    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");
    private static final int HOURS = 30;
    private static final List<String> ASSETS = List.of("bitcoin", "ethereum", "solana");

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = database.jdbc();
    private final SettableClock clock = new SettableClock(START.plusSeconds(3600L * (HOURS + 1)));
    private final ForecastScoring scoring = new ForecastScoring(jdbc, clock);

    @BeforeEach
    void forecastEveryHour() {
        ASSETS.forEach(asset -> {
            jdbc.sql("INSERT INTO asset (id, symbol, name) VALUES (:asset, :asset, :asset)")
                    .param("asset", asset)
                    .update();
            jdbc.sql("INSERT INTO series (asset, vs_currency, interval) VALUES (:asset, 'usd', '1h')")
                    .param("asset", asset)
                    .update();
        });
        jdbc.sql(
                        "INSERT INTO asset_liquidity VALUES ('bitcoin', 1e9, 'high', '2024-05-01'), ('ethereum', 1e6, 'low', '2024-05-01')")
                .update();
        jdbc.sql("""
                INSERT INTO forecast_measure (model, version, horizon, interval, seconds, levels, naive)
                VALUES ('price-1h', 1, '1h', '1h', 3600, '{0.1,0.5,0.9}', '{-1,0.1,1}'), ('price-1h', 2, '1h', '1h', 3600, '{0.1,0.5,0.9}', NULL)
                """).update();
        jdbc.sql("""
                INSERT INTO forecast (id, model, version, variant, run_id, asset, vs_currency, interval, horizon, as_of, target_time, target_open,
                  last_price, levels, prices, probability_up, doubts, created_at, scale, spread, estimated_error)
                SELECT gen_random_uuid(), 'price-1h', version, CASE version WHEN 1 THEN 'champion' ELSE 'challenger' END, 'run', asset, 'usd', '1h', '1h',
                  t - interval '1 hour', t, t - interval '1 hour', 100, '{0.1,0.5,0.9}', '{98,100,102}', 0.5, '{}', t, 0.02, 1.0, 1.5
                FROM unnest(:assets::text[]) asset, generate_series(1, 2) version,
                  generate_series(:start::timestamptz + interval '1 hour', :start::timestamptz + make_interval(hours => :hours), '1 hour') t
                """)
                .param("assets", ASSETS.toArray(String[]::new))
                .param("start", START.toString())
                .param("hours", HOURS)
                .update();
    }

    @Test
    void sumsAreThoseOfTheForecastsOneByOne() {
        ASSETS.forEach(asset -> hours().forEach(hour -> candle(asset, hour)));

        assertThat(scoring.score()).extracting(Scored::forecasts).containsExactly(90L, 90L);

        double loss = 0;
        double naiveLoss = 0;
        double error = 0;
        long below = 0;
        for (String asset : ASSETS) {
            for (int hour : hours().toList()) {
                double y = Math.log(close(asset, hour) / 100) / 0.02;
                loss += 2.0
                        / 3
                        * (pinball(0.1, y - Math.log(0.98) / 0.02)
                                + pinball(0.5, y)
                                + pinball(0.9, y - Math.log(1.02) / 0.02));
                naiveLoss += 2.0 / 3 * (pinball(0.1, y + 1) + pinball(0.5, y - 0.1) + pinball(0.9, y - 1));
                error += Math.abs(close(asset, hour) - 100) / 100;
                below += close(asset, hour) <= 102 ? 1 : 0;
            }
        }
        for (String table : List.of("forecast_outcome", "forecast_day")) {
            assertThat(sum(table, "forecasts", 1)).isEqualTo(90);
            assertThat(sum(table, "quantile_loss", 1)).isCloseTo(loss, within(1e-9));
            assertThat(sum(table, "naive_loss", 1)).isCloseTo(naiveLoss, within(1e-9));
            assertThat(sum(table, "absolute_error", 1)).isCloseTo(error, within(1e-9));
            assertThat(sum(table, "below[3]", 1)).isEqualTo((double) below);
            assertThat(sum(table, "estimated_error", 1)).isCloseTo(90 * 0.015, within(1e-9));
            assertThat(sum(table, "naive_loss", 2))
                    .as("its opponent is not known")
                    .isNaN();
        }
        assertThat(strings("SELECT DISTINCT liquidity FROM forecast_outcome ORDER BY 1"))
                .containsExactly("high", "low", "unknown");
        assertThat(strings("SELECT DISTINCT day::text FROM forecast_day ORDER BY 1"))
                .as("days of UTC")
                .containsExactly("2024-05-01", "2024-05-02");
        assertThat(count("forecast_day")).isEqualTo(2 * 2 * 3);
    }

    @Test
    void orderOfTheOutcomesAndKillsOfThoseWhoScoreThemChangeNothing() throws SQLException {
        List<Runnable> arrivals = new ArrayList<>();
        ASSETS.forEach(asset -> hours().forEach(hour -> arrivals.add(() -> candle(asset, hour))));
        Collections.shuffle(arrivals, new Random(3));
        for (int i = 0; i < arrivals.size(); i++) {
            arrivals.get(i).run();
            if (i % 7 == 0) {
                scoreAndDie();
            }
            if (i % 5 == 0) {
                scoring.score();
            }
        }
        scoring.score();
        scoring.score();

        List<String> piecewise = strings(EXACT);
        jdbc.sql("TRUNCATE forecast_outcome, forecast_day").update();
        jdbc.sql("UPDATE forecast SET scored_at = NULL").update();
        scoring.score();

        assertThat(piecewise).hasSize(HOURS * 2 * 3).isEqualTo(strings(EXACT));
    }

    @Test
    void whileOneReplicaScoresAnotherLeavesItAlone() throws SQLException {
        ASSETS.forEach(asset -> candle(asset, 1));
        try (Connection one = database.dataSource().getConnection()) {
            one.setAutoCommit(false);
            assertThat(scoringOver(one).score()).isNotEmpty();

            assertThat(scoring.score()).isEmpty();
            one.commit();
        }
        assertThat(scoring.score()).isEmpty();
        assertThat(sum("forecast_outcome", "forecasts", 1)).isEqualTo(3);
    }

    @Test
    void forecastsFromBeforeThereWasAScaleAreScoredAndLeftOut() {
        jdbc.sql("UPDATE forecast SET scale = NULL, spread = NULL, estimated_error = NULL")
                .update();
        candle("bitcoin", 1);

        assertThat(scoring.score()).hasSize(2);

        assertThat(count("forecast_outcome")).isZero();
        assertThat(count("forecast_day")).isZero();
    }

    private static final String EXACT = """
            SELECT concat_ws(' ', version, target_time, liquidity, forecasts, below, quantile_loss::numeric(20, 9), naive_loss::numeric(20, 9),
              absolute_error::numeric(20, 9)) FROM forecast_outcome ORDER BY 1""";

    private void scoreAndDie() throws SQLException {
        try (Connection dying = database.dataSource().getConnection()) {
            dying.setAutoCommit(false);
            scoringOver(dying).score();
            dying.rollback();
        }
    }

    private ForecastScoring scoringOver(Connection connection) {
        return new ForecastScoring(JdbcClient.create(new SingleConnectionDataSource(connection, true)), clock);
    }

    private static Stream<Integer> hours() {
        return IntStream.rangeClosed(1, HOURS).boxed();
    }

    private static double close(String asset, int hour) {
        return 100 + 3 * Math.sin(hour * 1.7 + asset.length());
    }

    private static double pinball(double level, double error) {
        return Math.max(level * error, (level - 1) * error);
    }

    private void candle(String asset, int hour) {
        jdbc.sql("""
                INSERT INTO candle (series_id, open_time, open, high, low, close, volume, volume_kind, flags, finished, source, ingested_at)
                SELECT id, :open::timestamptz, :close, :close, :close, :close, 1, 1, 0, true, 'test', now() FROM series WHERE asset = :asset
                """)
                .param("asset", asset)
                .param("open", START.plusSeconds(3600L * (hour - 1)).toString())
                .param("close", close(asset, hour))
                .update();
    }

    private double sum(String table, String column, int version) {
        return jdbc.sql("SELECT coalesce(sum(%s)::float8, 'NaN') FROM %s WHERE version = %d"
                        .formatted(column, table, version))
                .query(Double.class)
                .single();
    }

    private long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    private List<String> strings(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }
}
