package io.mlpool.serving.alert.rule;

import static io.mlpool.serving.alert.AlertWorld.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.model.Horizon;
import io.mlpool.serving.TestMarket;
import io.mlpool.serving.alert.AlertWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Horizon DAY = Horizon.of("24h");

    private final AlertWorld world = new AlertWorld();
    private Instant close = NOON;

    @BeforeEach
    void makeAMarket() {
        close = new TestMarket(world.database).add("bitcoin", "btc", 10);
    }

    private List<Reading> read(Condition condition, Instant... times) {
        Rule rule = new Rule("test", condition, List.of(), Duration.ZERO, Severity.INFO, Map.of(), true);
        return world.figures().read(rule, List.of(times)).orElseThrow();
    }

    @Test
    void riskIsTheNewestScoreKnownAtTheTime() {
        world.risk("bitcoin", 40, NOON.minus(Duration.ofHours(2)));
        world.risk("bitcoin", 70, NOON);

        List<Reading> readings = read(new Condition.RiskLevel("risk-7d", 80), NOON.minus(Duration.ofMinutes(1)), NOON);

        assertThat(readings).extracting(Reading::value).containsExactlyInAnyOrder(40.0, 70.0);
    }

    @Test
    void scoreThatWasNotRenewedForThreeDaysSaysNothing() {
        world.risk("bitcoin", 90, NOON);

        assertThat(read(new Condition.RiskLevel("risk-7d", 80), NOON.plus(Duration.ofDays(3))))
                .isEmpty();
    }

    @Test
    void scoreCountsFromWhenItWasComputed() {
        world.risk("bitcoin", 40, NOON.minus(Duration.ofHours(2)));
        world.risk("bitcoin", 70, NOON.minus(Duration.ofHours(1)));
        world.jdbc
                .sql("UPDATE risk_score SET computed_at = :noon::timestamptz WHERE score = 70")
                .param("noon", NOON.toString())
                .update();

        List<Reading> readings = read(new Condition.RiskLevel("risk-7d", 80), NOON.minus(Duration.ofMinutes(1)), NOON);

        assertThat(readings).extracting(Reading::value).containsExactlyInAnyOrder(40.0, 70.0);
    }

    @Test
    void riskChangeIsTheDifferenceToTheScoreOfThen() {
        world.risk("bitcoin", 40, NOON.minus(Duration.ofHours(25)));
        world.risk("bitcoin", 55, NOON.minus(Duration.ofHours(12)));
        world.risk("bitcoin", 70, NOON);

        assertThat(read(new Condition.RiskChange("risk-7d", 10, Span.of("24h")), NOON))
                .extracting(Reading::value)
                .containsExactly(30.0);
    }

    @Test
    void anomaliesAreCountedAndTheirHighestGradeTold() {
        world.anomaly("bitcoin", 0.4, NOON.minus(Duration.ofHours(3)));
        world.anomaly("bitcoin", 0.8, NOON.minus(Duration.ofHours(1)));
        world.anomaly("bitcoin", 0.6, NOON);

        assertThat(read(new Condition.AnomalyGrade(0.9, Span.of("2h"), null, null), NOON))
                .extracting(Reading::value)
                .containsExactly(0.8);
        assertThat(read(new Condition.AnomalyCount(3, 0.5, Span.of("4h"), "1h", "stream"), NOON))
                .extracting(Reading::value)
                .containsExactly(2.0);
    }

    @Test
    void dataAreAsOldAsTheCloseOfTheNewestFinishedCandle() {
        Condition stale = new Condition.StaleData("1h", Span.of("3h"), Span.of("7d"));

        assertThat(read(stale, close.plus(Duration.ofHours(2)), close.plus(Duration.ofHours(5))))
                .extracting(Reading::value)
                .containsExactlyInAnyOrder(7200.0, 18000.0);
        assertThat(stale.holds(Span.of("8d").seconds())).as("given up").isFalse();
        assertThat(stale.words(11_159.5))
                .as("whole minutes, so that it is not written anew at each look")
                .isEqualTo("newest 1h candle closed 185 min ago, above 3h");
    }

    @Test
    void coverageAndErrorAreOfTheLastForecastsOfTheLiveVersion() {
        for (int i = 0; i < 40; i++) {
            forecast(i, 2, i % 4 != 0, 3, 2);
        }
        forecast(40, 1, false, 100, 1);

        Reading coverage = read(new Condition.Coverage(DAY, 40, 0.8, 0.98, null, null), NOON)
                .getFirst();
        Reading ratio =
                read(new Condition.ErrorRatio(DAY, 40, 1.1, "1h", null), NOON).getFirst();

        assertThat(coverage.value()).isCloseTo(0.75, within(1e-12));
        assertThat(ratio.value()).isCloseTo(1.5, within(1e-12));
        assertThat(coverage.subject().key()).isEqualTo("horizon=24h,interval=1h,model=price-1h");
    }

    @Test
    void fewerForecastsThanAskedForSayNothing() {
        forecast(0, 2, true, 1, 1);

        assertThat(read(new Condition.Coverage(DAY, 30, 0.8, 0.98, null, null), NOON))
                .isEmpty();
    }

    @Test
    void versionThatIsRareAmongTheLastForecastsSaysNothing() {
        forecast(0, 2, true, 1, 1);
        for (int i = 1; i < 150; i++) {
            forecast(i, i < 120 ? 1 : 2, true, 1, 1);
        }

        assertThat(read(new Condition.Coverage(DAY, 30, 0.8, 0.98, null, null), NOON))
                .isEmpty();
        assertThat(read(new Condition.Coverage(DAY, 30, 0.8, 0.98, null, "price-4h"), NOON))
                .isEmpty();
    }

    @Test
    void moveAndProbabilityAreThoseOfTheNewestForecast() {
        forecast(0, 2, true, 1, 1);

        assertThat(read(new Condition.ForecastMove("1h", DAY, 0.05, null), NOON))
                .extracting(Reading::value)
                .satisfiesExactly(move -> assertThat(move).isCloseTo(0.1, within(1e-12)));
        assertThat(read(new Condition.ForecastProbability("1h", DAY, 0.2, 0.8), NOON))
                .extracting(Reading::value)
                .containsExactly(0.9);
    }

    /** Scored so many minutes before noon. */
    private void forecast(int minutes, int version, boolean inside, double error, double naive) {
        world.jdbc
                .sql("""
                        INSERT INTO forecast (id, model, version, variant, run_id, asset, vs_currency, interval, horizon, as_of, target_time,
                            target_open, last_price, levels, prices, probability_up, doubts, created_at, scored_at, actual_price,
                            absolute_error, naive_error, inside_interval)
                        VALUES (gen_random_uuid(), 'price-1h', :version, 'champion', 'run', 'bitcoin', 'usd', '1h', '24h',
                            :at::timestamptz, :at::timestamptz, :at::timestamptz, 100, '{0.05, 0.5, 0.95}', '{90, 110, 120}', 0.9, '{}',
                            :at::timestamptz, :at::timestamptz, 100, :error, :naive, :inside)
                        """)
                .param("version", version)
                .param("inside", inside)
                .param("error", error)
                .param("naive", naive)
                .param("at", NOON.minus(Duration.ofMinutes(minutes)).toString())
                .update();
    }
}
