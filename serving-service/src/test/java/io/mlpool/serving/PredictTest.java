package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class PredictTest {

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
        market.add("newcoin", "new", 20);
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
    void knownAssetIsAnsweredWithEveryFieldInOrder() {
        JsonNode answer = answer("{\"asset\":\"bitcoin\",\"interval\":\"1h\",\"horizon\":\"24h\"}");

        assertThat(answer.propertyNames())
                .containsExactly(
                        "prediction_id",
                        "asset",
                        "vs_currency",
                        "interval",
                        "as_of",
                        "target_time",
                        "horizon",
                        "last_price",
                        "predicted_price",
                        "quantiles",
                        "probability_up",
                        "naive_price",
                        "estimated_error",
                        "trusted",
                        "reasons",
                        "model");
        assertThat(answer.get("model").propertyNames())
                .containsExactly("name", "version", "algorithm", "variant", "run_id");
        assertThat(answer.get("as_of").asString()).isEqualTo(close.toString());
        assertThat(answer.get("target_time").asString())
                .isEqualTo(close.plus(Duration.ofHours(24)).toString());
        assertThat(answer.get("naive_price")).isEqualTo(answer.get("last_price"));
        assertThat(answer.get("predicted_price")).isEqualTo(answer.at("/quantiles/0.5"));
        assertThat(answer.get("trusted").asBoolean()).isTrue();
        assertThat(answer.get("reasons")).isEmpty();
        assertThat(StreamSupport.stream(answer.get("quantiles").spliterator(), false)
                        .map(JsonNode::asDouble)
                        .toList())
                .hasSize(7)
                .isSorted();
    }

    @Test
    void knownAssetWithoutIntervalAndHorizonIsAnsweredForTheLongest() {
        JsonNode answer = answer("{\"asset\":\"ethereum\"}");

        assertThat(answer.get("interval").asString()).isEqualTo("1h");
        assertThat(answer.get("horizon").asString()).isEqualTo("24h");
    }

    @Test
    void knownAssetAskedAgainHasTheSameId() {
        assertThat(answer("{\"asset\":\"bitcoin\"}")).isEqualTo(answer("{\"asset\":\"bitcoin\"}"));
    }

    @Test
    void knownAssetTwoIntervalsAfterItsNewestCandleIsStillTrusted() {
        clock.set(close.plus(Duration.ofHours(2)));

        assertThat(answer("{\"asset\":\"bitcoin\"}").get("trusted").asBoolean()).isTrue();
    }

    @Test
    void knownAssetMoreThanTwoIntervalsAfterItsNewestCandleIsStale() {
        clock.set(close.plus(Duration.ofMinutes(185)));

        JsonNode answer = answer("{\"asset\":\"bitcoin\"}");

        assertThat(answer.get("trusted").asBoolean()).isFalse();
        assertThat(answer.at("/reasons/0").asString())
                .isEqualTo("stale data: the newest 1h candle closed at %s, 3 h 5 min ago".formatted(close));
    }

    @ParameterizedTest
    @CsvSource({"BTC, bitcoin", "BTCUSDT, bitcoin", "btc-usd, bitcoin", "Ethereum, ethereum", "ETH/USDT, ethereum"})
    void unknownAssetThatLooksLikeATickerIsToldItsId(String asked, String meant) {
        HttpResponse<String> response = predict("{\"asset\":\"%s\"}".formatted(asked));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(server.json(response).get("detail").asString())
                .isEqualTo("unknown asset '%s', known: bitcoin, ethereum, newcoin, did you mean '%s'?"
                        .formatted(asked, meant));
    }

    @Test
    void unknownAssetThatLooksLikeNothingIsToldWhatIsKnown() {
        HttpResponse<String> response = predict("{\"asset\":\"unobtainium\"}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .contains("known: bitcoin, ethereum, newcoin")
                .doesNotContain("did you mean");
    }

    @Test
    void assetWithTooShortAHistoryIsRefusedWithBothNumbers() {
        HttpResponse<String> response = predict("{\"asset\":\"newcoin\"}");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("20 consecutive candles").contains("needs 364");
    }

    @ParameterizedTest
    @CsvSource({
        "horizon, 7d, '[1h, 4h, 24h]'",
        "horizon, soon, '[1h, 4h, 24h]'",
        "interval, 4h, '[1h]'",
        "interval, 1 hour, '[1h]'"
    })
    void unansweredHorizonOrIntervalListsWhatIsAnswered(String field, String value, String listed) {
        HttpResponse<String> response = predict("{\"asset\":\"bitcoin\",\"%s\":\"%s\"}".formatted(field, value));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(server.json(response).at("/detail/0/loc").toString())
                .isEqualTo("[\"body\",\"%s\"]".formatted(field));
        assertThat(server.json(response).at("/detail/0/msg").asString()).contains(listed);
    }

    @Test
    void questionWithoutAssetAndCandlesMissesTheAsset() {
        HttpResponse<String> response = predict("{}");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(server.json(response).at("/detail/0/type").asString()).isEqualTo("missing");
    }

    @Test
    void batchAnswersInOrderAndLetsNoItemSpoilAnother() {
        String good = question("mine", held("ethereum"));
        HttpResponse<String> response = server.post(
                "/predict/batch",
                "{\"requests\":[%s]}"
                        .formatted(String.join(
                                ",",
                                "{\"asset\":\"bitcoin\"}",
                                "{\"asset\":\"nothing\"}",
                                "{\"asset\":\"bitcoin\",\"colour\":1}",
                                "5",
                                good,
                                "{\"candles\":[{\"time\":0,\"close\":-1}]}",
                                "{\"asset\":\"bitcoin\"}",
                                good)));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode results = server.json(response).get("results");
        assertThat(StreamSupport.stream(results.spliterator(), false)
                        .map(result -> result.has("prediction")
                                ? "ok"
                                : result.at("/error/status").asString()
                                        + result.at("/error/detail/0/loc").toString())
                        .collect(Collectors.toList()))
                .containsExactly(
                        "ok",
                        "404",
                        "422[\"body\",\"requests\",2,\"colour\"]",
                        "422[\"body\",\"requests\",3]",
                        "ok",
                        "422[\"body\",\"requests\",5,\"candles\",0,\"close\"]",
                        "ok",
                        "ok");
        assertThat(results.get(0)).isEqualTo(results.get(6));
        assertThat(results.get(4)).isEqualTo(results.get(7));
        assertThat(results.get(4).get("prediction")).isEqualTo(answer(good));
    }

    @Test
    void itemOfABatchIsToldOfEachOfItsMistakes() {
        JsonNode answer = server.json(server.post(
                "/predict/batch", "{\"requests\":[{\"asset\":5,\"colour\":1,\"candles\":[{\"close\":\"x\"}]}]}"));

        assertThat(answer.at("/results/0/error/detail"))
                .extracting(one -> one.get("type").asString() + " " + one.get("loc"))
                .containsExactly(
                        "string_type [\"body\",\"requests\",0,\"asset\"]",
                        "float_type [\"body\",\"requests\",0,\"candles\",0,\"close\"]",
                        "extra_forbidden [\"body\",\"requests\",0,\"colour\"]");
    }

    @Test
    void batchOfAThousandIsTakenAndOfOneMoreIsNot() {
        String item = "{\"asset\":\"bitcoin\"},";

        assertThat(server.post("/predict/batch", batch(item.repeat(1000))).statusCode())
                .isEqualTo(200);
        assertThat(server.post("/predict/batch", batch(item.repeat(1001))).statusCode())
                .isEqualTo(422);
    }

    private static String batch(String items) {
        return "{\"requests\":[%s]}".formatted(items.substring(0, items.length() - 1));
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
