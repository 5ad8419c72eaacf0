package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Series that callers send along. */
class SentCandlesTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static ServingServer server;
    private static SettableClock clock;
    private static Instant close;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        TestMarket market = new TestMarket(database);
        close = market.add("bitcoin", "btc", 400);
        market.add("ethereum", "eth", 400);
        clock = new SettableClock(close);
        server = ServingServer.start(database, folder, clock);
        server.promote();
        eventually(() ->
                assertThat(predict("{\"asset\":\"bitcoin\"}").statusCode()).isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void backToTheClose() {
        clock.set(close);
    }

    @Test
    void sentCandlesAreForecastLikeTheSameCandlesThatWeHold() {
        JsonNode held = answer("{\"asset\":\"ethereum\"}");

        JsonNode sent = answer(question("my coin", held("ethereum")));

        assertThat(sent.get("asset").asString()).isEqualTo("my coin");
        assertThat(sent.get("as_of")).isEqualTo(held.get("as_of"));
        assertThat(sent.get("trusted").asBoolean()).as(sent.toString()).isTrue();
        held.get("quantiles").forEachEntry((level, price) -> assertThat(
                        sent.get("quantiles").get(level).asDouble())
                .isCloseTo(price.asDouble(), within(1e-9 * price.asDouble())));
    }

    @Test
    void candlesAreTakenAsTheyWereGiven() {
        JsonNode given =
                server.json(server.get("/candles?asset=ethereum&limit=400")).get("candles");

        JsonNode answer = answer(question("copied", (ArrayNode) given));

        assertThat(answer.get("quantiles"))
                .isEqualTo(answer(question("picked", held("ethereum"))).get("quantiles"));
    }

    @Test
    void runningCandleIsRefusedWithWhatToDo() {
        ArrayNode candles = held("ethereum");
        ((ObjectNode) candles.get(399)).put("finished", false);

        HttpResponse<String> response = predict(question("running", candles));

        assertThat(response.statusCode()).isEqualTo(422);
        JsonNode detail = server.json(response).at("/detail/0");
        assertThat(detail.get("loc").toString()).isEqualTo("[\"body\",\"candles\",399,\"finished\"]");
        assertThat(detail.get("msg").asString()).contains("leave the running one away");
    }

    @Test
    void volumeIsReadAsWhatItsKindSays() {
        ArrayNode candles = held("ethereum");
        candles.forEach(candle -> ((ObjectNode) candle).put("volume", 0).put("volume_kind", "unknown"));
        ArrayNode without = held("ethereum");
        without.forEach(candle -> ((ObjectNode) candle).remove("volume"));

        assertThat(answer(question("coin", candles)).get("prediction_id"))
                .isEqualTo(answer(question("coin", without)).get("prediction_id"));
    }

    @Test
    void sentCandlesAskedAgainHaveTheSameId() {
        String question = question("my coin", held("ethereum"));

        assertThat(answer(question)).isEqualTo(answer(question));
    }

    @Test
    void sentCandlesOfATimeWithoutMarketAreNotTrusted() {
        ArrayNode candles = held("bitcoin");
        candles.forEach(candle -> ((ObjectNode) candle)
                .put(
                        "open_time",
                        Instant.parse(candle.get("open_time").asString())
                                .minus(Duration.ofDays(900))
                                .toString()));

        JsonNode answer = answer(question("old", candles));

        assertThat(answer.get("trusted").asBoolean()).isFalse();
        assertThat(answer.get("reasons").toString()).contains("no market data").contains("stale data");
    }

    @Test
    void sentCandlesWithASuddenMoveAreAnOutlier() {
        ArrayNode candles = held("ethereum");
        ObjectNode newest = (ObjectNode) candles.get(candles.size() - 1);
        newest.put("close", 5 * newest.get("close").asDouble()).remove("high");

        JsonNode answer = answer(question("pump", candles));

        assertThat(answer.get("trusted").asBoolean()).isFalse();
        assertThat(answer.at("/reasons/0").asString()).startsWith("outlier input: the newest candle moved");
    }

    @Test
    void sentCandlesWithASuddenVolumeAreAnOutlier() {
        ArrayNode candles = held("ethereum");
        ((ObjectNode) candles.get(candles.size() - 1)).put("volume", 1e12);

        assertThat(answer(question("wash", candles)).at("/reasons/0").asString())
                .isEqualTo("outlier input: the volume traded last is missing, or far from what it was before"
                        + " (turnover_score_168, turnover_change_1, turnover_change_24 beyond 10.0 units)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void assetOfSentCandlesIsNamedOrLeftOut(String asset) {
        HttpResponse<String> refused = predict(question(asset, held("ethereum")));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(server.json(refused).at("/detail/0/loc").toString()).isEqualTo("[\"body\",\"asset\"]");
        assertThat(server.json(refused).at("/detail/0/msg").asString()).contains("must not be blank", "left out");
        assertThat(answer("{\"candles\":%s}".formatted(held("ethereum")))
                        .get("asset")
                        .asString())
                .isEmpty();
    }

    @Test
    void tooFewSentCandlesAreRefusedWithBothNumbers() {
        ArrayNode candles = held("ethereum");
        while (candles.size() > 100) {
            candles.remove(0);
        }

        HttpResponse<String> response = predict(question("short", candles));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(server.json(response).at("/detail/0/type").asString()).isEqualTo("too_short");
        assertThat(server.json(response).at("/detail/0/msg").asString())
                .contains("364")
                .contains("found 100");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                          | too_short          | [\"body\",\"candles\"]",
                "[null]                                                      | dict_type          | [\"body\",\"candles\",0]",
                "[{\"time\":0}]                                              | missing            | [\"body\",\"candles\",0,\"close\"]",
                "[{\"close\":1}]                                             | missing            | [\"body\",\"candles\",0,\"open_time\"]",
                "[{\"time\":0,\"close\":0}]                                  | greater_than       | [\"body\",\"candles\",0,\"close\"]",
                "[{\"time\":0,\"close\":-5}]                                 | greater_than       | [\"body\",\"candles\",0,\"close\"]",
                "[{\"time\":0,\"close\":1e999}]                              | finite_number      | [\"body\",\"candles\",0,\"close\"]",
                "[{\"time\":0,\"close\":\"NaN\"}]                            | finite_number      | [\"body\",\"candles\",0,\"close\"]",
                "[{\"time\":0,\"close\":1,\"volume\":-1}]                    | greater_than_equal | [\"body\",\"candles\",0,\"volume\"]",
                "[{\"time\":0,\"close\":1,\"high\":0.5}]                     | value_error        | [\"body\",\"candles\",0,\"high\"]",
                "[{\"time\":0,\"close\":1,\"low\":2}]                        | value_error        | [\"body\",\"candles\",0,\"low\"]",
                "[{\"time\":1800,\"close\":1}]                               | value_error        | [\"body\",\"candles\",0,\"open_time\"]",
                "[{\"time\":-3600,\"close\":1}]                              | value_error        | [\"body\",\"candles\",0,\"open_time\"]",
                "[{\"time\":9e18,\"close\":1}]                               | datetime_type      | [\"body\",\"candles\",0,\"open_time\"]",
                "[{\"open_time\":\"2199-01-01T00:00:00Z\",\"close\":1}]      | value_error        | [\"body\",\"candles\",0,\"open_time\"]",
                "[{\"time\":3600,\"close\":1},{\"time\":3600,\"close\":1}]   | value_error        | [\"body\",\"candles\",1,\"open_time\"]",
                "[{\"time\":0,\"close\":1,\"volume_kind\":\"much\"}]       | enum               | [\"body\",\"candles\",0,\"volume_kind\"]",
                "[{\"time\":0,\"close\":1,\"colour\":1}]                     | extra_forbidden    | [\"body\",\"candles\",0,\"colour\"]",
            })
    void wrongSentCandlesAreRefusedByFieldAndReason(String candles, String type, String location) {
        HttpResponse<String> response = predict("{\"interval\":\"1h\",\"candles\":%s}".formatted(candles));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        JsonNode detail = server.json(response).at("/detail/0");
        assertThat(detail.get("type").asString()).as(response.body()).isEqualTo(type);
        assertThat(detail.get("loc").toString()).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"time\":0,\"close\":NaN}",
                "{\"time\":1e300,\"close\":1}",
                "{\"time\":0,\"close\":1e99999999999}"
            })
    void sentNumbersThatAreNoneAreRefused(String candle) {
        assertThat(predict("{\"candles\":[%s]}".formatted(candle)).statusCode()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e300})
    void sentPricesAtTheEdgeOfNumbersAreForecastOrRefused(double scale) {
        ArrayNode candles = JSON.createArrayNode();
        IntStream.range(0, 400).forEach(i -> candles.addObject()
                .put("open_time", TestMarket.START.plus(Duration.ofHours(i)).toString())
                .put("close", i % 2 == 0 ? scale : 1 / scale));

        assertThat(predict(question("wild", candles)).statusCode()).isEqualTo(422);
    }

    /** The candles that GET /candles gives, as POST /predict takes them. */
    private static ArrayNode held(String asset) {
        JsonNode candles = server.json(server.get("/candles?asset=%s&limit=400".formatted(asset)))
                .get("candles");
        ArrayNode held = JSON.createArrayNode();
        candles.forEach(candle -> held.add(
                ((ObjectNode) candle.deepCopy()).retain("open_time", "open", "high", "low", "close", "volume")));
        return held;
    }

    private static String question(String asset, ArrayNode candles) {
        ObjectNode question = JSON.createObjectNode().put("asset", asset);
        question.set("candles", candles);
        return question.toString();
    }

    private static JsonNode answer(String question) {
        HttpResponse<String> response = predict(question);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return server.json(response);
    }

    private static HttpResponse<String> predict(String body) {
        return server.post("/predict", body);
    }
}
