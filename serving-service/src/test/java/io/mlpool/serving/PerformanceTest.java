package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.model.LiveCorrection;
import io.mlpool.testing.ConstantModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is learned of a live model from its outcomes, and told of it. */
class PerformanceTest extends ServingOfTwoAssets {

    @BeforeEach
    void makeForecasts() {
        startWithAModel("mlpool.readings.interval=100ms");
    }

    private void nextHour() {
        market.extend("bitcoin", close, 1, 0);
        close = market.extend("ethereum", close, 1, 0);
        clock.set(close);
        eventually(() -> assertThat(predict()).contains("\"as_of\":\"" + close));
    }

    private String predict() {
        return server.post("/predict", "{\"asset\":\"ethereum\",\"horizon\":\"1h\"}")
                .body();
    }

    @Test
    void figuresFollowTheOutcomesAsTheyArrive() {
        nextHour();
        nextHour();

        eventually(
                () -> assertThat(performance("").at("/performance/0/forecasts").asInt())
                        .isEqualTo(4));

        JsonNode told = performance("");
        assertThat(told.get("performance"))
                .as("no outcome of 4 or 24 hours is known")
                .hasSize(1);
        assertThat(told.at("/performance/0/horizon").asString()).isEqualTo("1h");
        assertThat(told.at("/performance/0/skill/value").isNumber()).isTrue();
        assertThat(told.at("/performance/0/skill/low").isNull())
                .as("four outcomes tell nothing")
                .isTrue();
        assertThat(told.at("/performance/0/wql").asDouble()).isCloseTo(wql("quantile_loss"), within(1e-9));
        assertThat(told.at("/performance/0/naive_wql").asDouble()).isCloseTo(wql("naive_loss"), within(1e-9));
        assertThat(told.at("/liquidity_groups"))
                .extracting(group -> group.get("liquidity").asString())
                .containsExactly("high", "middle");
        assertThat(performance("by=liquidity").get("performance")).hasSize(2);
        assertThat(performance("by=asset&asset=bitcoin")
                        .at("/performance/0/asset")
                        .asString())
                .isEqualTo("bitcoin");
        assertThat(performance("variant=challenger").get("performance")).isEmpty();
        eventually(() -> assertThat(server.get("/actuator/prometheus").body())
                .containsPattern(
                        "mlpool_performance_coverage_ratio\\{.*band=\"80\".*horizon=\"1h\",liquidity=\"all\".*} [01]\\.")
                .containsPattern("mlpool_performance_skill_ratio\\{.*horizon=\"24h\",liquidity=\"low\".*} NaN"));
    }

    @Test
    void lastDaysOfAPoolWhoseCandlesAreOfYearsAgoAreThoseOfItsCandles() {
        nextHour();
        clock.set(close.plus(Duration.ofDays(1_000)));

        eventually(
                () -> assertThat(performance("").at("/performance/0/forecasts").asInt())
                        .isEqualTo(2));

        assertThat(performance("").at("/liquidity_groups")).isNotEmpty();
        assertThat(server.json(server.get("/monitoring/drift")).get("to").asString())
                .isEqualTo(close.toString());
    }

    @Test
    void wrongQuestionsAreRefusedWithWhatToDo() {
        for (String query : List.of(
                "by=coin",
                "variant=best",
                "liquidity=tiny",
                "from=2024-05-02T00:00:00Z&to=2024-05-01T00:00:00Z",
                "from=2020-05-02T00:00:00Z",
                "limit=0",
                "cursor=x")) {
            assertThat(server.get("/monitoring/performance?" + query).statusCode())
                    .as(query)
                    .isEqualTo(422);
        }
        assertThat(server.get("/monitoring/performance?asset=BTC").statusCode()).isEqualTo(404);
    }

    @Test
    void correctionIsLearnedFromOutcomesAndStaysWhatItWasAfterARestart() {
        narrow(close.minus(Duration.ofHours(99)), 100);
        nextHour();

        double[] below = {30, 30, 40, 50, 60, 70, 70};
        List<Double> expected = LiveCorrection.of(ConstantModel.SHAPE.levels(), below, 100, LiveCorrection.step(1))
                .offsets();
        for (int level = 0; level < below.length; level++) {
            assertThat(offsets("1h")[level]).isCloseTo(expected.get(level), within(1e-12));
        }
        assertThat(expected.getLast()).isCloseTo(1.25, within(1e-12));
        assertThat(offsets("24h")).as("nothing is known of it").containsOnly(0.0);
        assertThat(width()).as("in scaled returns").isCloseTo(2 * 1.6448536 + 2 * 1.25, within(1e-6));
        eventually(() -> assertThat(performance("horizon=1h")
                        .at("/performance/0/correction/outcomes")
                        .asInt())
                .isEqualTo(100));

        String before = predict();
        narrow(close.minus(Duration.ofHours(300)), 150);
        server.close();
        start("mlpool.readings.interval=100ms");
        eventually(() -> assertThat(predict()).contains("predicted_price"));
        assertThat(predict()).isEqualTo(before);
        nextHour();
        assertThat(offsets("1h")[6]).as("the next candle's knows them").isGreaterThan(2.5);
    }

    @Test
    void aVersionKeepsTheStepThatItWentLiveWith() {
        database.jdbc()
                .sql("UPDATE forecast_measure SET correction_step = 0.01")
                .update();
        narrow(close.minus(Duration.ofHours(99)), 100);
        nextHour();

        assertThat(offsets("1h")[6]).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void estimatedErrorIsWhatErrorsWereAgainstTheirSpreads() {
        database.jdbc().sql("""
                INSERT INTO forecast_day (model, version, horizon, asset, day, variant, liquidity, forecasts, below, quantile_loss, absolute_return,
                  absolute_error, naive_error, spread, estimated_error)
                SELECT 'price-1h', 1, '1h', asset, '2024-05-10', 'champion', 'high', 300, '{0,0,0,0,0,0,0}', 1, 1, error, 1, 1, 1
                FROM (VALUES ('bitcoin', 1.0), ('ethereum', 3.0)) AS seen (asset, error)
                """).update();
        server.close();
        start("mlpool.readings.interval=100ms");
        nextHour();

        double ofAll = (600 * 2 + 50) / 650.0;
        assertThat(ratio("ethereum")).isCloseTo((300 * 3 + 300 * ofAll) / 600, within(1e-9));
        assertThat(ratio("bitcoin")).isCloseTo((300 * 1 + 300 * ofAll) / 600, within(1e-9));
        assertThat(server.json(server.post("/predict", "{\"asset\":\"ethereum\",\"horizon\":\"1h\"}"))
                        .get("estimated_error")
                        .asDouble())
                .isCloseTo(
                        number(
                                "SELECT estimated_error FROM forecast WHERE asset = 'ethereum' AND horizon = '1h' ORDER BY as_of DESC LIMIT 1"),
                        within(1e-9));
    }

    /** Outcomes of ten assets each hour, three of which lay below the lowest quantile, and three above the highest. */
    private void narrow(Instant from, int hours) {
        database.jdbc()
                .sql("""
                INSERT INTO forecast_outcome
                SELECT 'price-1h', 1, '1h', t, 'champion', 'unknown', 10, '{3,3,4,5,6,7,7}', 1, 1, 1, 1, 1, 1, 1
                FROM generate_series(:from::timestamptz, :from::timestamptz + make_interval(hours => :hours - 1), '1 hour') t
                """)
                .param("from", from.toString())
                .param("hours", hours)
                .update();
    }

    private Double[] offsets(String horizon) {
        return database.jdbc()
                .sql(
                        "SELECT unnest(offsets) FROM forecast_correction WHERE horizon = :horizon AND as_of = :asOf::timestamptz")
                .param("horizon", horizon)
                .param("asOf", close.toString())
                .query(Double.class)
                .list()
                .toArray(Double[]::new);
    }

    private double width() {
        eventually(() -> assertThat(
                        number("SELECT count(*) FROM forecast WHERE horizon = '1h' AND as_of = '%s'".formatted(close)))
                .isEqualTo(2));
        return number(
                "SELECT ln(prices[7] / prices[1]) / scale FROM forecast WHERE asset = 'ethereum' AND horizon = '1h' AND as_of = '%s'"
                        .formatted(close));
    }

    private double ratio(String asset) {
        eventually(() -> assertThat(
                        number("SELECT count(*) FROM forecast WHERE horizon = '1h' AND as_of = '%s'".formatted(close)))
                .isEqualTo(2));
        return number(
                "SELECT estimated_error / spread FROM forecast WHERE asset = '%s' AND horizon = '1h' AND as_of = '%s'"
                        .formatted(asset, close));
    }

    private double wql(String loss) {
        return number(
                "SELECT sum(%s) / sum(abs(scaled_return)) FROM forecast WHERE scored_at IS NOT NULL".formatted(loss));
    }

    private double number(String sql) {
        return database.jdbc().sql(sql).query(Double.class).single();
    }

    private JsonNode performance(String query) {
        return server.json(server.get("/monitoring/performance?" + query));
    }
}
