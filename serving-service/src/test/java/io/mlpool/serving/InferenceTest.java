package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.model.GoldenAnswer;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The Open Inference Protocol, asked for a window of ones, whose answer is known. */
class InferenceTest {

    private static final int STEPS = ConstantModel.FEATURES.steps();
    private static final int WIDTH = ConstantModel.FEATURES.width();
    private static final String ONES = Collections.nCopies(STEPS * WIDTH, "1").toString();
    private static final String INFER = "/v2/models/price-1h/infer";

    private static ServingServer server;
    private static ModelVersion champion;
    private static ModelVersion challenger;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        Instant close = new TestMarket(database).add("bitcoin", "btc", 400);
        server = ServingServer.start(database, folder, new SettableClock(close));
        champion = server.promote();
        challenger = server.register();
        server.registry().assign("price-1h", Alias.CHALLENGER, challenger.version());
        eventually(() -> assertThat(server.get("/v2/models/price-1h/versions/%d/ready".formatted(challenger.version()))
                        .statusCode())
                .isEqualTo(200));
        eventually(() -> assertThat(
                        server.post("/predict", "{\"asset\":\"bitcoin\"}").statusCode())
                .isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void windowIsAnsweredWithWhatTheGraphSaysAndTheSameCalibrated() {
        JsonNode answer = ok(INFER, "{\"id\":\"a\\\"b\",\"inputs\":[%s]}".formatted(input("FP32", ONES)));

        assertThat(answer.at("/model_name").asString()).isEqualTo("price-1h");
        assertThat(answer.at("/model_version").asString()).isEqualTo(Integer.toString(champion.version()));
        assertThat(answer.at("/id").asString()).isEqualTo("a\"b");
        assertThat(answer.at("/outputs/0/name").asString()).isEqualTo("quantiles");
        assertThat(answer.at("/outputs/1/name").asString()).isEqualTo("calibrated_quantiles");
        assertThat(answer.at("/outputs/0/shape").toString()).isEqualTo("[1,3,7]");
        assertThat(floats(answer.at("/outputs/0/data"))).containsExactly(golden(), within(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FP32", "FP64", "INT64"})
    void numbersOfEveryTakenTypeGiveTheSameAnswer(String datatype) {
        JsonNode answer = ok(INFER, "{\"inputs\":[%s]}".formatted(input(datatype, ONES)));

        assertThat(floats(answer.at("/outputs/0/data"))).containsExactly(golden(), within(1e-5f));
    }

    @Test
    void dataMayBeNestedAndStandBeforeTheShape() {
        String nested = Collections.nCopies(
                        STEPS, Collections.nCopies(WIDTH, "1.0").toString())
                .toString();

        JsonNode answer = ok(
                INFER,
                "{\"outputs\":[{\"name\":\"quantiles\"}],\"inputs\":[{\"data\":[%s],\"datatype\":\"FP32\",\"shape\":[1,%d,%d],\"name\":\"window\",\"parameters\":{\"x\":[1,{}]}}]}"
                        .formatted(nested, STEPS, WIDTH));

        assertThat(answer.at("/outputs")).hasSize(1);
        assertThat(floats(answer.at("/outputs/0/data"))).containsExactly(golden(), within(1e-5f));
    }

    @Test
    void versionThatIsLiveInAnySlotIsAnsweredByItself() {
        JsonNode answer = ok(
                "/v2/models/price-1h/versions/%d/infer".formatted(challenger.version()),
                "{\"inputs\":[%s]}".formatted(input("FP32", ONES)));

        assertThat(answer.at("/model_version").asString()).isEqualTo(Integer.toString(challenger.version()));
    }

    @Test
    void tensorsInBinaryAreTakenAndGiven() {
        byte[] head = ("{\"inputs\":[{\"name\":\"window\",\"shape\":[1,%d,%d],\"datatype\":\"FP32\","
                        + "\"parameters\":{\"binary_data_size\":%d}}],\"outputs\":[{\"name\":\"quantiles\","
                        + "\"parameters\":{\"binary_data\":true}}]}")
                .formatted(STEPS, WIDTH, STEPS * WIDTH * 4)
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(head.length + STEPS * WIDTH * 4).order(ByteOrder.LITTLE_ENDIAN);
        body.put(head);
        for (int i = 0; i < STEPS * WIDTH; i++) {
            body.putFloat(1);
        }

        HttpResponse<byte[]> answer = server.sendForBytes(HttpRequest.newBuilder(server.uri(INFER))
                .header("Inference-Header-Content-Length", Integer.toString(head.length))
                .POST(BodyPublishers.ofByteArray(body.array())));

        int json = Integer.parseInt(
                answer.headers().firstValue("Inference-Header-Content-Length").orElseThrow());
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        float[] values = new float[golden().length];
        ByteBuffer.wrap(answer.body(), json, answer.body().length - json)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(values).containsExactly(golden(), within(1e-5f));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                             | must hold the one tensor window, found none
            {"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]}]}             | unknown input 'x', the model takes 'window'
            {"inputs":[{"name":"window","shape":[1],"datatype":"FP32","data":[1]}]}        | must have shape [N, 4, 31], found [1]
            {"inputs":[{"name":"window","shape":[1,4,31],"datatype":"FP32","data":[1]}]}   | takes 124 numbers, found 1
            {"inputs":[{"name":"window","shape":[1,4,31],"datatype":"BYTES","data":[1]}]}  | datatype BYTES is not taken
            {"inputs":[{"name":"window","shape":[0,4,31],"datatype":"FP32","data":[]}]}    | 1 to 256 windows
            {"inputs":[{"name":"window","shape":[1,4,31],"datatype":"FP32"}]}              | has no data
            {"inputs":[],"outputs":[{"name":"y"}]}                                         | y
            {"outputs":[{"name":"quantiles"},{"name":"quantiles"}]}                        | outputs name 'quantiles' twice
            {"inputs":[{"data":[],"data":[]}]}                                             | an input has its data twice
            {"inputs":[{"data":[[[[[1]]]]]}]}                                              | nested deeper
            {"inputs":[{"name":"window","data":[]},{"name":"window","data":[]}]}           | inputs hold 'window' twice, the model takes it once
            {"inputs":[{"name":"window","data":[]},{"name":"x","data":[]}]}                | must hold the one tensor window, found 'window' and 'x'
            {"id":42,"inputs":[]}                                                          | id must be a string, found a number
            {"id":null,"inputs":[]}                                                        | id must be a string, found null
            {"inputs":[{"name":["window"]}]}                                               | the name of an input must be a string, found a list
            {"inputs":[{"shape":[9999999999]}]}                                            | 9999999999 is no size: a whole number from 0 to 2147483647 is expected
            {"inputs":[{"name":"window","shape":[1,4,31],"datatype":"FP32","data":["a"]}]} | expected a number, found '"'
            nonsense                                                                       | expected '{', found 'n'
            {"input":[]}                                                                   | unknown member input
            """)
    void wrongQuestionIsRefusedInTheProtocolsWords(String body, String reason) {
        HttpResponse<String> refused = server.post(INFER, body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(server.json(refused).propertyNames()).containsExactly("error");
        assertThat(server.json(refused).at("/error").asString()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999999999", "0.1", "-16777216"})
    void numberThatIsNoInt64OrWouldBeChangedOnItsWayIsRefused(String number) {
        String body = "{\"inputs\":[%s]}".formatted(input("INT64", ONES.replaceFirst("1, 1", "1, " + number)));

        HttpResponse<String> refused = server.post(INFER, body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(server.json(refused).at("/error").asString())
                .startsWith(
                        "number 1, counted from 0, is no INT64 that is taken: whole numbers below 16777216 in size");
    }

    @Test
    void numbersThatAreNestedWithoutEndAreRefused() {
        String body = "{\"inputs\":%s1%s}".formatted("[".repeat(100_000), "]".repeat(100_000));

        HttpResponse<String> refused = server.post("/invocations", body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("nested deeper than 8");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v2/models/nothing,404",
        "GET,/v2/models/price-1h/versions/77,404",
        "GET,/v2/nowhere,404",
        "GET,/v2/models/%ff,400",
        "GET,/v2/models/price-1h/,404",
        "PUT,/v2/models/price-1h/infer,405",
        "POST,/v2/models/nothing/infer,404",
        "POST,/v2/repository/models/price-1h/unload,409",
        "POST,/v2/repository/models/nothing/load,404"
    })
    void everyErrorBelowV2HasTheProtocolsForm(String method, String path, int status) {
        HttpResponse<String> refused =
                server.send(HttpRequest.newBuilder(server.uri(path)).method(method, BodyPublishers.ofString("{}")));

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(server.json(refused).propertyNames()).containsExactly("error");
    }

    @Test
    void serverAndModelTellWhatTheyAre() {
        assertThat(server.json(server.get("/v2")).at("/extensions").toString())
                .isEqualTo("[\"binary_tensor_data\",\"model_repository\"]");
        assertThat(server.get("/v2/").body()).isEqualTo(server.get("/v2").body());
        assertThat(server.json(server.get("/v2/health/ready")).at("/ready").asBoolean())
                .isTrue();
        JsonNode model = server.json(server.get("/v2/models/price-1h"));
        assertThat(model.at("/inputs/0").toString())
                .isEqualTo("{\"name\":\"window\",\"datatype\":\"FP32\",\"shape\":[-1,4,31]}");
        assertThat(model.at("/versions").toString())
                .isEqualTo("[\"%d\",\"%d\"]".formatted(champion.version(), challenger.version()));
        assertThat(model.at("/parameters/horizons").asString()).isEqualTo("1h,4h,24h");
    }

    @Test
    void repositoryTellsAllVersionsAndWhichAreLive() {
        ModelVersion idle = server.register();

        JsonNode all = server.json(server.post("/v2/repository/index", "{}"));
        JsonNode ready = server.json(server.post("/v2/repository/index", "{\"ready\":true}"));

        assertThat(all.valueStream()
                        .filter(one -> one.at("/version").asString().equals(Integer.toString(idle.version())))
                        .map(one -> one.at("/state").asString()))
                .containsExactly("UNAVAILABLE");
        assertThat(ready).hasSize(2);
        assertThat(server.post("/v2/repository/models/price-1h/load", "").statusCode())
                .isEqualTo(200);
    }

    private static String input(String datatype, String data) {
        return "{\"name\":\"window\",\"shape\":[1,%d,%d],\"datatype\":\"%s\",\"data\":%s}"
                .formatted(STEPS, WIDTH, datatype, data);
    }

    private static float[] golden() {
        GoldenAnswer golden = ConstantModel.golden();
        return golden.forecast();
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).floatValue();
        }
        return values;
    }

    private static JsonNode ok(String path, String body) {
        HttpResponse<String> answer = server.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return server.json(answer);
    }
}
