package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ModelsTest {

    private static final String QUESTION = "{\"asset\":\"bitcoin\"}";

    private static TestDatabase database;
    private static ServingServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        database = TestDatabase.create();
        SettableClock clock = new SettableClock(new TestMarket(database).add("bitcoin", "btc", 400));
        // Swaps are what is tested: a thread that begins late on a busy machine must not be taken for a request that a
        // swap lost.
        server = ServingServer.start(database, folder, clock, "mlpool.load.longest-wait=10s");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void takeAllOut() {
        server.takeAllOut();
    }

    @Test
    void serviceWithoutAModelIsAliveButNotReadyAndSaysWhatToDo() {
        assertThat(server.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(server.get("/health").statusCode()).isEqualTo(503);
        HttpResponse<String> response = server.post("/predict", QUESTION);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).contains("no model is live").contains("POST /models/{name}/aliases/champion");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /predict                                | {"asset":"bitcoin"}                                           | 503 | detail
            /batch-jobs                             | {"assets":["*"]}                                              | 503 | detail
            /get-online-features                    | {"features":["price-1h:return_1"],"entities":{"asset":["bitcoin"]}} | 503 | detail
            /v2/models/price-1h/infer               | {"inputs":[]}                                                 | 404 | error
            /v2/models/price-1h/versions/1/infer    | {"inputs":[]}                                                 | 404 | error
            /invocations                            | {"inputs":[1]}                                                | 404 | message
            """)
    void whileNoModelIsLiveEveryProtocolSaysSoInItsFormAndWhatToDo(String path, String body, int status, String field) {
        HttpResponse<String> refused = server.post(path, body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(server.json(refused).get(field).asString())
                .contains(
                        "no model is live: train one (POST /runs on the training service) or give a version the alias");
    }

    @Test
    void promotedModelGoesLiveWithoutBeingAsked() {
        ModelVersion first = server.promote();

        eventually(() -> assertThat(answeringVersion()).isEqualTo(first.version()));
        assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(server.get("/health").body()).contains("price-1h@champion").contains("version " + first.version());

        ModelVersion second = server.promote();

        eventually(() -> assertThat(answeringVersion()).isEqualTo(second.version()));
    }

    @Test
    void aliasMovedByRequestIsLiveWhenTheRequestReturns() {
        ModelVersion first = server.promote();
        ModelVersion second = server.register();
        eventually(() -> assertThat(liveVersion()).isEqualTo(first.version()));

        HttpResponse<String> promoted = assign("champion", second);
        assertThat(promoted.statusCode()).isEqualTo(200);
        assertThat(server.json(promoted).at("/live/champion/version").asInt()).isEqualTo(second.version());

        HttpResponse<String> rolledBack = assign("champion", first);
        assertThat(server.json(rolledBack).at("/live/champion/version").asInt()).isEqualTo(first.version());
    }

    @Test
    void aliasThatIsTakenAwayLeavesItsSlotEmptyHoweverOftenThatIsAsked() {
        ModelVersion version = server.promote();
        eventually(() -> assertThat(answeringVersion()).isEqualTo(version.version()));

        assertThat(unassign("/models/price-1h/aliases/champion").statusCode()).isEqualTo(204);

        assertThat(server.post("/predict", QUESTION).statusCode()).isEqualTo(503);
        assertThat(server.json(server.get("/models/price-1h")).get("live")).isEmpty();
        assertThat(unassign("/models/price-1h/aliases/champion").statusCode()).isEqualTo(204);
        assertThat(unassign("/models/nothing/aliases/champion").statusCode()).isEqualTo(404);
        assertThat(unassign("/models/price-1h/aliases/king").statusCode()).isEqualTo(422);
    }

    private static HttpResponse<String> unassign(String path) {
        return server.send(HttpRequest.newBuilder(server.uri(path)).DELETE());
    }

    @Test
    void challengerIsLoadedBesideTheChampion() {
        server.promote();
        ModelVersion second = server.register();

        assign("challenger", second);

        JsonNode model = server.json(server.get("/models/price-1h"));
        assertThat(model.at("/live/challenger/version").asInt()).isEqualTo(second.version());
        assertThat(model.at("/aliases/challenger").asInt()).isEqualTo(second.version());
        assertThat(model.at("/versions/%d/aliases/0".formatted(second.version() - 1))
                        .asString())
                .isEqualTo("challenger");
    }

    @ParameterizedTest
    @CsvSource({
        "/models/price-1h/aliases/champion, '{\"version\":9999}',  404",
        "/models/price-9h/aliases/champion, '{\"version\":1}',  404",
        "/models/..%2F../aliases/champion,  '{\"version\":1}',  400",
        "/models/price-1h/aliases/emperor,  '{\"version\":1}',  422",
        "/models/price-1h/aliases/champion, '{}',               422",
        "/models/price-1h/aliases/champion, '{\"version\":\"1\"}', 422"
    })
    void aliasThatCannotBeMovedIsRefused(String path, String body, int status) {
        server.promote();

        assertThat(server.post(path, body).statusCode()).isEqualTo(status);
    }

    @Test
    void swapUnderLoadFailsNoRequest() throws InterruptedException {
        ModelVersion first = server.promote();
        ModelVersion second = server.register();
        eventually(() -> assertThat(answeringVersion()).isEqualTo(first.version()));
        String sent = sent();
        ConcurrentLinkedQueue<Integer> failures = new ConcurrentLinkedQueue<>();
        CountDownLatch enough = new CountDownLatch(300);
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            for (String body : List.of(sent, sent, QUESTION, sent)) {
                callers.execute(() -> {
                    while (enough.getCount() > 0) {
                        int status = server.post("/predict", body).statusCode();
                        if (status != 200) {
                            failures.add(status);
                        }
                        enough.countDown();
                    }
                });
            }
            for (int swap = 0; enough.getCount() > 0; swap++) {
                assertThat(assign("champion", swap % 2 == 0 ? second : first).statusCode())
                        .isEqualTo(200);
            }
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void versionTellsItsManifest() {
        ModelVersion promoted = server.promote();

        JsonNode version = server.json(server.get("/models/price-1h/versions/" + promoted.version()));

        assertThat(version.at("/aliases/0").asString()).isEqualTo("champion");
        assertThat(version.at("/manifest/metrics/wql_1h").asDouble()).isEqualTo(0.6);
        assertThat(version.at("/manifest/horizons").toString()).isEqualTo("[\"1h\",\"4h\",\"24h\"]");
        assertThat(version.at("/manifest/provenance/run_id").asString()).isEqualTo(promoted.runId());
        assertThat(server.get("/models/price-1h/versions/7777").statusCode()).isEqualTo(404);
        assertThat(server.get("/models/..").statusCode()).isGreaterThanOrEqualTo(400);
    }

    @Test
    void reportTellsTheDecisionOfTheRunThatMadeTheVersion() {
        ModelVersion judged = server.promote();
        database.jdbc().sql("""
                INSERT INTO training_run (id, model, interval, algorithm, cause, state, request, evaluation, decision, created_at)
                VALUES (:run, 'price-1h', '1h', 'lstm', 'request', 'succeeded', '{}', '{"windows":12}',
                        '{"promoted":true,"against_naive":{"overall":{"probability":0.01}}}', now())
                """).param("run", judged.runId()).update();
        ModelVersion unknown = server.register();

        JsonNode report = server.json(server.get("/models/price-1h/versions/%d/report".formatted(judged.version())));

        assertThat(report.at("/decision/against_naive/overall/probability").asDouble())
                .isEqualTo(0.01);
        assertThat(report.at("/evaluation/windows").asInt()).isEqualTo(12);
        assertThat(server.get("/models/price-1h/versions/%d/report".formatted(unknown.version()))
                        .body())
                .isEqualTo("{\"name\":\"price-1h\",\"version\":%d,\"run_id\":\"%s\",\"tags\":{}}"
                        .formatted(unknown.version(), unknown.runId()));
        assertThat(server.get("/models/price-1h/versions/7777/report").statusCode())
                .isEqualTo(404);
    }

    @Test
    void importanceTellsWhatAVersionLeansOnWhereItWasMeasured() {
        ModelVersion measured = server.promoteWatched();
        ModelVersion constant = server.register();
        String path = "/models/price-1h/versions/%d/importance";

        JsonNode importance = server.json(server.get(path.formatted(measured.version())));

        assertThat(importance.at("/families/0/name").asString()).isEqualTo("volatility");
        assertThat(importance.at("/families/0/percent").asDouble()).isEqualTo(4);
        assertThat(importance.at("/features/0/standard_error").asDouble()).isEqualTo(0.001);
        assertThat(importance.at("/trees/0/shap").asDouble()).isEqualTo(0.7);
        assertThat(again(path.formatted(measured.version())).statusCode()).isEqualTo(304);
        assertThat(server.get(path.formatted(constant.version())).body())
                .contains("it was not measured what version %d of price-1h leans on".formatted(constant.version()));
        assertThat(server.get(path.formatted(7777)).statusCode()).isEqualTo(404);
    }

    /** Asks for what is held already. */
    private static HttpResponse<String> again(String path) {
        HttpResponse<String> held = server.get(path);
        assertThat(held.headers().firstValue("Cache-Control")).contains("max-age=3600, private");
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .header("If-None-Match", held.headers().firstValue("ETag").orElseThrow()));
    }

    private static String sent() {
        JsonNode candles =
                server.json(server.get("/candles?asset=bitcoin&limit=400")).get("candles");
        StringBuilder sent = new StringBuilder();
        candles.forEach(candle -> sent.append(sent.isEmpty() ? "" : ",")
                .append("{\"time\":%s,\"close\":%s}".formatted(candle.get("open_time"), candle.get("close"))));
        return "{\"candles\":[%s]}".formatted(sent);
    }

    private static HttpResponse<String> assign(String alias, ModelVersion version) {
        return server.post("/models/price-1h/aliases/" + alias, "{\"version\":%d}".formatted(version.version()));
    }

    private static int liveVersion() {
        return server.json(server.get("/models/price-1h"))
                .at("/live/champion/version")
                .asInt();
    }

    private static int answeringVersion() {
        HttpResponse<String> response = server.post("/predict", QUESTION);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return server.json(response).at("/model/version").asInt();
    }
}
