package io.mlpool.serving;

import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Bitcoin with 450 hours, and a coin with 10; no model is live. */
class FeatureStoreTest {

    private static ServingServer server;
    private static SettableClock clock;
    private static Instant close;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        TestMarket market = new TestMarket(database);
        close = market.add("bitcoin", "btc", 450);
        market.add("newcoin", "new", 10);
        clock = new SettableClock(close.plusSeconds(60));
        server = ServingServer.start(database, folder, clock, "mlpool.feature-store.backfill=2d");
        within(
                Duration.ofSeconds(30),
                () -> assertThat(view("price_1h").get("rows").asInt()).isEqualTo(48));
        within(Duration.ofSeconds(30), () -> assertThat(
                        view("liquidity_1h").get("newest_event").asString())
                .isEqualTo(close.toString()));
        clock.advance(Duration.ofSeconds(10));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void viewsSayWhoseTheyAreWhatTheyComputeAndHowFreshTheyAre() {
        JsonNode views = server.json(server.get("/feature-views")).get("feature_views");

        assertThat(views.valueStream().map(view -> view.get("name").asString()))
                .containsExactly("price_1h", "market_1h", "liquidity_1h");
        JsonNode view = view("price_1h");
        assertThat(view.get("owner").asString()).isEqualTo("forecasting");
        assertThat(view.get("hash").asString()).matches("[0-9a-f]{64}");
        assertThat(view.get("version").asInt()).isEqualTo(2);
        assertThat(view.get("max_age_seconds").asInt()).isEqualTo(7200);
        assertThat(view.get("newest_event").asString()).isEqualTo(close.toString());
        assertThat(view.at("/features/0/meaning").asString()).startsWith("log return over 1 bars");
        assertThat(server.get("/feature-views/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void newestValuesNeedNoModel() {
        JsonNode answer = ok(
                "/get-online-features",
                "{\"features\":[\"price_1h:return_24\",\"market_1h:leader_return_1\"],\"full_feature_names\":true,"
                        + "\"entities\":{\"asset\":[\"bitcoin\",\"newcoin\",\"nocoin\"]}}");

        assertThat(answer.at("/metadata/feature_names/val").toString())
                .isEqualTo("[\"asset\",\"price_1h__return_24\",\"market_1h__leader_return_1\"]");
        assertThat(answer.at("/results/1/statuses").toString()).isEqualTo("[\"PRESENT\",\"NOT_FOUND\",\"NOT_FOUND\"]");
        assertThat(answer.at("/results/2/statuses").toString())
                .as("the market is the same for every asset that is known")
                .isEqualTo("[\"PRESENT\",\"PRESENT\",\"NOT_FOUND\"]");
        assertThat(answer.at("/results/1/event_timestamps/0").asString()).isEqualTo(close.toString());
    }

    @Test
    void aModelThatIsNotLiveIsStillMissed() {
        assertThat(server.post(
                                "/get-online-features",
                                "{\"features\":[\"price-1h:return_24\"],\"entities\":{\"asset\":[\"bitcoin\"]}}")
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void aValueThatIsTooOldIsNotShown() {
        JsonNode answer = ok(
                "/get-historical-features",
                "{\"features\":[\"liquidity_1h:turnover_day\"],\"entities\":{\"asset\":[\"bitcoin\",\"bitcoin\"],"
                        + "\"event_timestamp\":[\"%s\",\"%s\"]}}"
                                .formatted(
                                        close.plus(Duration.ofHours(2)),
                                        close.plus(Duration.ofHours(2)).plusSeconds(1)));

        assertThat(answer.at("/results/2/statuses").toString()).isEqualTo("[\"PRESENT\",\"OUTSIDE_MAX_AGE\"]");
        assertThat(answer.at("/results/2/values/1").isNull()).isTrue();
        assertThat(answer.at("/results/2/event_timestamps/1").asString()).isEqualTo(close.toString());
    }

    @Test
    void whatWasComputedLaterIsFoundByThoseWhoSaySo() {
        Instant past = close.minus(Duration.ofHours(10));
        String rows = "\"asset\":[\"bitcoin\"],\"event_timestamp\":[\"%s\"]".formatted(past);

        JsonNode then =
                ok("/get-historical-features", "{\"feature_service\":\"price_1h\",\"entities\":{%s}}".formatted(rows));
        JsonNode now = ok(
                "/get-historical-features",
                "{\"feature_service\":\"price_1h\",\"entities\":{%s,\"created_before\":[\"%s\"]}}"
                        .formatted(rows, clock.instant()));

        assertThat(then.at("/metadata/feature_names/val/1").asString()).isEqualTo("event_timestamp");
        assertThat(then.at("/results/2/statuses/0").asString()).isEqualTo("NOT_FOUND");
        assertThat(now.at("/results/2/statuses/0").asString()).isEqualTo("PRESENT");
        assertThat(now.at("/results/2/event_timestamps/0").asString()).isEqualTo(past.toString());
        assertThat(Instant.parse(now.at("/results/2/created_timestamps/0").asString()))
                .isAfter(close);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"features":["price_1h:x"],"entities":{"asset":[],"event_timestamp":[]}}                            | ["body","features",0]
            {"features":["price-1h:return_1"],"entities":{"asset":[],"event_timestamp":[]}}                     | ["body","features",0]
            {"entities":{"asset":[],"event_timestamp":[]}}                                                      | ["body","features"]
            {"features":["price_1h:rsi_14"],"entities":{"asset":["bitcoin"],"event_timestamp":[]}}              | ["body","entities","event_timestamp"]
            {"features":["price_1h:rsi_14"],"entities":{"asset":["bitcoin"]}}                                   | ["body","entities","event_timestamp"]
            {"features":["price_1h:rsi_14"],"entities":{"asset":["a"],"event_timestamp":["+123456-01-01T00:00:00Z"]}} | ["body","entities","event_timestamp",0]
            {"features":["price_1h:rsi_14"]}                                                                    | ["body","entities"]
            """)
    void aWrongQuestionIsRefusedAndSaysWhere(String body, String place) {
        HttpResponse<String> refused = server.post("/get-historical-features", body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(server.json(refused).at("/detail/0/loc").toString()).isEqualTo(place);
    }

    @Test
    void statisticsAreThoseOfTheSpan() {
        JsonNode all = server.json(server.get("/feature-views/liquidity_1h/statistics"));
        JsonNode hour = server.json(server.get(
                "/feature-views/liquidity_1h/statistics?from=%s&to=%s".formatted(close, close.plusSeconds(1))));

        assertThat(all.get("rows").asInt()).isEqualTo(48);
        assertThat(all.get("sampled").asBoolean()).isFalse();
        JsonNode silent = all.at("/features/3");
        assertThat(silent.get("feature").asString()).isEqualTo("silent_share_week");
        assertThat(silent.get("mean").asDouble()).isZero();
        assertThat(silent.get("missing_share").asDouble()).isZero();
        assertThat(hour.get("rows").asInt()).isEqualTo(1);
        assertThat(hour.at("/features/0/sd").isNull()).isTrue();
        assertThat(hour.at("/features/0/quantiles/0.50").asDouble())
                .isEqualTo(hour.at("/features/0/min").asDouble())
                .isPositive();
        assertThat(server.get(
                                "/feature-views/liquidity_1h/statistics?from=2030-01-01T00:00:00Z&to=2029-01-01T00:00:00Z")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void metricsTellTheAgeOfEachView() {
        within(Duration.ofSeconds(30), () -> assertThat(
                        server.get("/actuator/prometheus").body())
                .contains("mlpool_features_age_seconds{view=\"price_1h\"} 70.0")
                .contains("mlpool_features_lag_seconds{view=\"price_1h\"} 0.0")
                .contains("mlpool_features_max_age_seconds{view=\"price_1h\"} 7200.0")
                .contains("mlpool_features_pending{view=\"market_1h\"} 0.0")
                .contains("mlpool_features_rows_total{kind=\"new\",view=\"liquidity_1h\"} 48.0"));
    }

    private static JsonNode view(String name) {
        HttpResponse<String> answer = server.get("/feature-views/" + name);
        assertThat(answer.statusCode()).isEqualTo(200);
        return server.json(answer);
    }

    private static JsonNode ok(String path, String body) {
        HttpResponse<String> answer = server.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return server.json(answer);
    }
}
