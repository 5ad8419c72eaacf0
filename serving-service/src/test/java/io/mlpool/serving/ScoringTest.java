package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.model.GoldenAnswer;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What clients of MLflow's scoring server ask. */
class ScoringTest {

    private static final int STEPS = ConstantModel.FEATURES.steps();
    private static final int WIDTH = ConstantModel.FEATURES.width();

    private static ServingServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        Instant close = new TestMarket(database).add("bitcoin", "btc", 400);
        server = ServingServer.start(database, folder, new SettableClock(close));
        server.promote();
        eventually(() -> assertThat(
                        server.post("/predict", "{\"asset\":\"bitcoin\"}").statusCode())
                .isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\":[%1$s]}",
                "{\"inputs\":{\"window\":[%1$s]}}",
                "{\"instances\":[%1$s]}",
                "{\"instances\":[{\"window\":%1$s}],\"params\":{\"model\":\"price-1h\"}}",
                "{\"dataframe_records\":[{\"window\":%1$s}]}",
                "{\"dataframe_split\":{\"columns\":[\"window\"],\"index\":[0],\"data\":[[%1$s]]}}"
            })
    void everyFormOfMlflowsScoringProtocolIsAnswered(String form) {
        String window = Collections.nCopies(
                        STEPS, Collections.nCopies(WIDTH, "1.0").toString())
                .toString();

        JsonNode answer = ok("/invocations", form.formatted(window));

        assertThat(answer.at("/predictions/quantiles")).hasSize(1);
        assertThat(answer.at("/predictions/quantiles/0")).hasSize(3);
        assertThat(answer.at("/predictions/quantiles/0/0/6").asDouble()).isCloseTo(golden()[6], within(1e-5));
        assertThat(answer.at("/predictions/quantiles/0/2/0").asDouble()).isCloseTo(golden()[14], within(1e-5));
    }

    @Test
    void csvHasARowForEachWindow() {
        String row = String.join(",", Collections.nCopies(STEPS * WIDTH, "1"));
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(server.uri("/invocations"))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(row.replace("1", "f") + "\n" + row + "\n" + row + "\n")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(server.json(answer).at("/predictions/quantiles")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                        | exactly one of
            {"inputs":[1],"instances":[1]}            | exactly one of
            {"inputs":{"x":[1]}}                      | unknown input 'x'
            {"inputs":[1,2]}                          | found 2 numbers
            [1]                                       | must be an object
            {"inputs":[1],"params":{"model":"other"}} | model other is not live
            """)
    void wrongInvocationIsRefusedAsMlflowDoes(String body, String reason) {
        HttpResponse<String> refused = server.post("/invocations", body);

        assertThat(refused.statusCode()).isIn(400, 404);
        assertThat(server.json(refused).propertyNames()).containsExactlyInAnyOrder("error_code", "message");
        assertThat(server.json(refused).at("/message").asString()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a,b:1,x    | row 1, column 2 holds 'x', which is no number
            a,b:1,1:2  | row 2 has 1 columns, the first has 2
            a,b:1,"1   | the CSV cannot be read behind row 0: is a quote open?
            """)
    void wrongCsvIsRefusedByRowAndColumn(String lines, String reason) {
        HttpResponse<String> refused = csv("/invocations", lines.replace(':', '\n'));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(server.json(refused).at("/message").asString()).contains(reason);
    }

    @Test
    void modelIsChosenByTheQueryWhateverTheForm() {
        String row = String.join(",", Collections.nCopies(STEPS * WIDTH, "1"));
        String json = "{\"inputs\":[1],\"params\":{\"model\":\"price-1h\"}}";

        assertThat(csv("/invocations?model=price-1h", row + "\n" + row).statusCode())
                .isEqualTo(200);
        assertThat(csv("/invocations?model=other", row + "\n" + row).body()).contains("model other is not live");
        assertThat(server.post("/invocations?model=other", json).body())
                .contains("the query asks for model other, params for price-1h");
    }

    private static HttpResponse<String> csv(String path, String body) {
        return server.send(HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(body)));
    }

    @Test
    void otherMediaTypesAndCharsetsAreRefusedWith415() {
        for (String type : List.of("text/plain", "application/json; charset=latin1")) {
            HttpResponse<String> refused = server.send(HttpRequest.newBuilder(server.uri("/invocations"))
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("{}")));
            assertThat(refused.statusCode()).as(type).isEqualTo(415);
            assertThat(server.json(refused).at("/error_code").asString()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        }
        assertThat(server.get("/ping").body()).isEqualTo("\n");
    }

    private static float[] golden() {
        GoldenAnswer golden = ConstantModel.golden();
        return golden.forecast();
    }

    private static JsonNode ok(String path, String body) {
        HttpResponse<String> answer = server.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return server.json(answer);
    }
}
