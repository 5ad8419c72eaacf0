package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PagesTest {

    private static ServingServer server;
    private static Instant close;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        close = new TestMarket(database).add("bitcoin", "btc", 400);
        server = ServingServer.start(database, folder, new SettableClock(close));
        server.promoteWatched();
        eventually(() -> assertThat(
                        server.post("/predict", "{\"asset\":\"bitcoin\"}").statusCode())
                .isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void documentationIsThereToTryAndToRead() {
        HttpResponse<String> docs = server.get("/docs");
        assertThat(docs.statusCode()).isEqualTo(302);
        assertThat(server.get(docs.headers().firstValue("Location").orElseThrow())
                        .body())
                .contains("swagger-ui");

        String script = server.get("/redoc").body().replaceAll("(?s).*<script src=\"([^\"]+)\".*", "$1");
        assertThat(server.get(script).body()).contains("Redoc").doesNotContain("cdn.redoc.ly");
    }

    @Test
    void browserThatAsksForAnIconWithoutHavingReadAPageGetsOne() {
        HttpResponse<String> icon = server.get("/favicon.ico");

        assertThat(icon.statusCode()).isEqualTo(200);
        assertThat(icon.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("image/svg+xml"));
        assertThat(icon.body()).startsWith("<svg");
    }

    @Test
    void pageIsServedAtTheRootAndItsFilesAreAskedForAnewButThoseOfOthers() {
        assertThat(server.get("/").body()).contains("/page/main.js");
        assertThat(server.get("/page/main.js").headers().firstValue("Cache-Control"))
                .hasValue("no-cache");
        assertThat(server.get("/page/vendor/lightweight-charts-5.2.1.mjs")
                        .headers()
                        .firstValue("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("immutable"));
    }

    @Test
    void chartingLibraryIsTheOneThatItsNoteNames() throws NoSuchAlgorithmException {
        String script = server.get("/page/vendor/lightweight-charts-5.2.1.mjs").body();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));

        assertThat(server.get("/page/vendor/README.md").body())
                .contains(HexFormat.of().formatHex(digest));
    }

    @Test
    void openApiSpeaksOfTheFieldsThatTheWireHas() {
        JsonNode api = server.json(server.get("/openapi.json"));

        assertThat(api.at("/components/schemas/Prediction/properties").propertyNames())
                .contains("prediction_id", "as_of", "vs_currency", "probability_up");
        assertThat(api.at("/components/schemas/SentCandle/properties").propertyNames())
                .contains("open_time");
        assertThat(api.get("paths").propertyNames())
                .contains("/predict", "/predict/batch", "/predictions", "/assets", "/candles", "/models", "/health");
    }

    @Test
    void openApiExampleWorksAsItStands() {
        JsonNode examples = server.json(server.get("/openapi.json"))
                .at("/paths/~1predict/post/requestBody/content/application~1json/examples");

        examples.forEach(example -> {
            JsonNode value = example.get("value");
            String body = value.isString() ? value.asString() : value.toString();
            assertThat(server.post("/predict", body).statusCode()).isEqualTo(200);
        });
        assertThat(examples).isNotEmpty();
    }

    @Test
    void batchExampleAsksOnlyWhatIsKnown() {
        JsonNode examples = server.json(server.get("/openapi.json"))
                .at("/paths/~1predict~1batch/post/requestBody/content/application~1json/examples");

        examples.forEach(example -> assertThat(server.json(server.post(
                                "/predict/batch", example.get("value").toString()))
                        .get("results"))
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.has("prediction")).isTrue()));
        assertThat(examples).isNotEmpty();
    }

    @Test
    void everyCallCanBeTriedWithTheExamplesOfItsParameters() {
        JsonNode paths = server.json(server.get("/openapi.json")).get("paths");

        paths.forEachEntry((path, operations) -> {
            boolean ends = !path.equals("/alerts/events");
            if (ends && operations.has("get") && !path.contains("{id}")) { // what a caller has made first
                String filled = path;
                String query = "?";
                for (JsonNode parameter : operations.at("/get/parameters")) {
                    String name = parameter.get("name").asString();
                    String example = parameter.at("/schema/example").asString("");
                    filled = filled.replace("{%s}".formatted(name), example);
                    query += parameter.get("in").asString().equals("query") && !example.isEmpty()
                            ? "%s=%s&".formatted(name, example)
                            : "";
                }
                assertThat(server.get(filled + query).statusCode())
                        .as(filled + query)
                        .isEqualTo(200);
            }
        });
        assertThat(paths.propertyNames()).doesNotContain("/error");
    }

    @Test
    void longAnswersComeInPagesThatTogetherAreTheWhole() {
        assertThat(inPages("/candles?asset=bitcoin&limit=150", "candles", "open_time"))
                .hasSize(400)
                .doesNotHaveDuplicates();
        assertThat(inPages("/predictions?limit=2", "predictions", "prediction_id"))
                .containsExactlyElementsOf(inPages("/predictions", "predictions", "prediction_id"))
                .hasSizeGreaterThan(2);
        assertThat(inPages("/assets?limit=1", "assets", "asset"))
                .containsExactlyElementsOf(inPages("/assets", "assets", "asset"));
    }

    @Test
    void cursorOfAnotherCallIsRefused() {
        for (String path : List.of("/candles?asset=bitcoin&cursor=x", "/predictions?cursor=Yml0Y29pbg")) {
            HttpResponse<String> refused = server.get(path);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("[\"query\",\"cursor\"]");
        }
    }

    private static List<String> inPages(String first, String list, String key) {
        List<String> keys = new ArrayList<>();
        Optional<String> next = Optional.of(first);
        while (next.isPresent()) {
            HttpResponse<String> page = server.get(next.get());
            JsonNode body = server.json(page);
            body.get(list).forEach(one -> keys.add(one.get(key).asString()));
            next = page.headers().firstValue("link").map(link -> link.replaceAll("^<(.*)>; rel=\"next\"$", "$1"));
            assertThat(body.get("next_cursor").isNull()).isEqualTo(next.isEmpty());
        }
        return keys;
    }

    @Test
    void callsThatTakeSomethingTellHowTheyRefuse() {
        JsonNode api = server.json(server.get("/openapi.json"));

        assertThat(api.at("/paths/~1candles/get/responses/422/content/application~1json/schema/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/HTTPValidationError");
        assertThat(api.at("/components/schemas/ValidationError/properties").propertyNames())
                .containsExactlyInAnyOrder("type", "loc", "msg", "input", "ctx");
    }

    @Test
    void assetsTellTheSeriesOfEach() {
        JsonNode asset = server.json(server.get("/assets")).at("/assets/0");

        assertThat(asset.toString())
                .isEqualTo(
                        "{\"asset\":\"bitcoin\",\"symbol\":\"btc\",\"name\":\"Bitcoin\",\"series\":[{\"vs_currency\":\"usd\","
                                + "\"interval\":\"1h\",\"first_open\":\"%s\",\"last_close\":\"%s\"}]}"
                                        .formatted(TestMarket.START, close));
    }

    @Test
    void candlesAreTheNewestOfTheSpanOldestFirst() {
        JsonNode answer = server.json(
                server.get("/candles?asset=bitcoin&from=2024-05-01T00:00:00Z&to=2024-05-01T05:00:00Z&limit=2"));

        assertThat(answer.at("/candles/0/open_time").asString()).isEqualTo("2024-05-01T03:00:00Z");
        assertThat(answer.at("/candles/1/open_time").asString()).isEqualTo("2024-05-01T04:00:00Z");
        assertThat(answer.at("/candles/1/volume_kind").asString()).isEqualTo("base");
        assertThat(answer.get("candles")).hasSize(2);
    }

    @Test
    void predictionsAreWithinTheSpanNewestFirst() {
        eventually(() -> assertThat(
                        server.json(server.get("/predictions?asset=bitcoin")).get("predictions"))
                .hasSize(3));
        assertThat(server.json(server.get("/predictions?asset=bitcoin&horizon=4h"))
                        .get("predictions"))
                .hasSize(1);
        assertThat(server.json(server.get("/predictions?to=" + close)).get("predictions"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/candles, 422",
        "/candles?asset=BTC, 404",
        "/candles?asset=bitcoin&interval=2h, 422",
        "/candles?asset=bitcoin&limit=0, 422",
        "/candles?asset=bitcoin&limit=ten, 422",
        "/candles?asset=bitcoin&from=yesterday, 422",
        "/candles?asset=bitcoin&from=-999999999-01-01T00:00:00Z, 422",
        "/predictions?horizon=soon, 422",
        "/predictions?asset=BTC, 404",
        "/predictions?to=%2B999999999-01-01T00:00:00Z, 422",
        "/models/price-1h/versions/one, 422",
        "/models/nothing, 404",
        "/nowhere, 404",
        "/predict, 405"
    })
    void wrongParametersAreRefusedInFastApisShape(String path, int status) {
        HttpResponse<String> response = server.get(path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"detail\":");
    }

    @Test
    void metricsNameLookUpsAndInferences() {
        String metrics = server.get("/actuator/prometheus").body();

        assertThat(metrics)
                .contains(
                        "mlpool_lookup_seconds_count", "mlpool_inference_seconds_count", "mlpool_book_update_seconds");
    }

    @Test
    void horizonThatIsNoneSaysHowOneIsWritten() {
        JsonNode detail = server.json(server.get("/predictions?horizon=abc")).at("/detail/0");

        assertThat(detail.get("type").asString()).isEqualTo("value_error");
        assertThat(detail.get("loc").toString()).isEqualTo("[\"query\",\"horizon\"]");
        assertThat(detail.get("msg").asString()).contains("like 30m, 24h or 7d");
        assertThat(detail.get("input").asString()).isEqualTo("abc");
    }

    @Test
    void versionTellsWhatRuns() {
        assertThat(server.json(server.get("/version")).propertyNames()).contains("service", "version", "java");
    }

    @Test
    void versionIsThatOfMlflowForWhoAsksForTextAsItsScoringServerAnswers() {
        HttpResponse<String> answer =
                server.send(HttpRequest.newBuilder(server.uri("/version")).header("Accept", "text/plain"));

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain");
        assertThat(answer.body()).matches("\\d+\\.\\d+\\.\\d+");
    }

    /** In the standalone pool all services have one class path. */
    @ParameterizedTest
    @ValueSource(strings = {"/static", "/public", "/resources", "/META-INF/resources"})
    void pageIsNotWhereEveryServiceLooksForOne(String folder) {
        assertThat(ServingService.class.getResource(folder + "/index.html")).isNull();
        assertThat(ServingService.class.getResource(folder + "/page/main.js")).isNull();
    }

    @Test
    void registryTellsNoFolderOfTheServer() {
        assertThat(server.json(server.get("/models")).get("registry").asString())
                .isEqualTo("a folder of the service");
    }

    @Test
    void assetWhoseEscapesAreNoTextIsRefusedInWords() {
        HttpResponse<String> refused = server.get("/candles?asset=%ff");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("escapes");
    }
}
