package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a finished batch job gives. */
class BatchJobResultsTest {

    private static ServingServer server;
    private static SettableClock clock;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestDatabase database = TestDatabase.create();
        TestMarket market = new TestMarket(database);
        Instant close = market.add("bitcoin", "btc", 400);
        market.add("ethereum", "eth", 400);
        market.add("newcoin", "new", 3);
        clock = new SettableClock(close);
        server = ServingServer.start(database, folder, clock, "mlpool.jobs.chunk-size=2");
        server.promote();
        eventually(() -> assertThat(server.get("/health").statusCode()).isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void jobForecastsTheUniverseAtAllHorizonsWithTheNumbersOfPredict() {
        HttpResponse<String> accepted = start("{\"assets\": [\"*\"], \"name\": \"nightly\"}");

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.headers().firstValue("Location"))
                .hasValue("/batch-jobs/" + server.json(accepted).get("id").asString());
        JsonNode job = succeeded(accepted);
        assertThat(job.get("name").asString()).isEqualTo("nightly");
        assertThat(job.get("progress").toString()).isEqualTo("{\"total\":9,\"done\":9,\"failed\":3}");
        assertThat(job.get("models").toString()).isEqualTo("[{\"name\":\"price-1h\",\"version\":1,\"items\":9}]");
        List<JsonNode> lines = lines(job);
        assertThat(lines).extracting(line -> line.get("item").asInt()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(lines.get(5).get("prediction"))
                .isEqualTo(server.json(server.post("/predict", "{\"asset\":\"ethereum\",\"horizon\":\"24h\"}")));
    }

    @Test
    void assetWithoutForecastIsAnErrorOfItsOwn() {
        JsonNode job = succeeded(start("""
                {"assets": ["bitcoin", "BTC", "newcoin"], "interval": "1h", "horizons": ["4h"]}"""));

        List<JsonNode> lines = lines(job);

        assertThat(lines.get(0).at("/prediction/horizon").asString()).isEqualTo("4h");
        assertThat(lines.get(1).at("/error/status").asInt()).isEqualTo(404);
        assertThat(lines.get(1).at("/error/detail").asString()).contains("did you mean 'bitcoin'?");
        assertThat(lines.get(2).at("/error/status").asInt()).isEqualTo(409);
        assertThat(lines.get(2).at("/error/detail").asString()).contains("3 consecutive candles");
    }

    @Test
    void csvHasAColumnForEachQuantileAndQuotesWhatMustBeQuoted() throws IOException {
        JsonNode job = succeeded(start("""
                {"assets": ["so \\"called\\", coin", "bitcoin"], "horizons": ["24h"]}"""));

        HttpResponse<String> csv = server.send(
                HttpRequest.newBuilder(server.uri(job.get("result").asString())).header("Accept", "text/csv"));

        assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        assertThat(csv.body().lines().skip(1).findFirst().orElseThrow())
                .startsWith("0,\"so \"\"called\"\", coin\",24h,404,");
        List<CSVRecord> records = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(csv.body()))
                .getRecords();
        JsonNode prediction = server.json(server.post("/predict", "{\"asset\":\"bitcoin\",\"horizon\":\"24h\"}"));
        assertThat(records.get(0).get("asset")).isEqualTo("so \"called\", coin");
        assertThat(records.get(0).get("detail")).startsWith("unknown asset 'so \"called\", coin'");
        assertThat(records.get(1).get("quantile_0.05"))
                .isEqualTo(prediction.at("/quantiles/0.05").asString());
        assertThat(records.get(1).get("predicted_price"))
                .isEqualTo(prediction.get("predicted_price").asString());
        assertThat(records.get(1).get("model_version")).isEqualTo("1");
        assertThat(server.get(job.get("result").asString() + "?format=csv").body())
                .isEqualTo(csv.body());
    }

    @Test
    void formatThatIsNotAcceptedOrNotKnownIsRefused() {
        JsonNode job = succeeded(start("{\"assets\": [\"bitcoin\"]}"));
        String result = job.get("result").asString();

        HttpResponse<String> html =
                server.send(HttpRequest.newBuilder(server.uri(result)).header("Accept", "text/html"));
        HttpResponse<String> unknown = server.get(result + "?format=xlsx");

        assertThat(html.statusCode()).isEqualTo(406);
        assertThat(html.body()).contains("application/x-ndjson");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("known are ndjson, csv");
    }

    private static HttpResponse<String> start(String request) {
        return server.post("/batch-jobs", request);
    }

    private static JsonNode job(String id) {
        return server.json(server.get("/batch-jobs/" + id));
    }

    private static JsonNode succeeded(HttpResponse<String> accepted) {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String id = server.json(accepted).get("id").asString();
        eventually(() -> assertThat(job(id).get("state").asString()).isEqualTo("succeeded"));
        return job(id);
    }

    private static List<JsonNode> lines(JsonNode job) {
        HttpResponse<String> result = server.get(job.get("result").asString());
        assertThat(result.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/x-ndjson");
        return result.body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }
}
