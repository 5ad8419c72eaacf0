package io.mlpool.training.run;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.Interval;
import io.mlpool.testing.TestDatabase;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TestCandles;
import io.mlpool.training.Trainers;
import io.mlpool.training.TrainingService;
import io.mlpool.training.naive.NaiveTrainer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
@SpringBootTest(
        classes = {TrainingService.class, TrainingServiceTest.Fakes.class},
        properties = {
            "spring.config.name=training-service",
            "mlpool.training.steps=4",
            "mlpool.training.horizons.1h=1h,4h",
            "mlpool.training.folds=1",
            "mlpool.training.fewest-fold-windows=100",
            "mlpool.training.gate.fewest-times=50",
            "mlpool.training.gate.fewest-independent=5",
            "mlpool.training.study.look=50ms",
            "mlpool.training.triggers.intervals=",
            "db-scheduler.polling-interval=50ms"
        },
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class TrainingServiceTest {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path storage;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void poolOfThisTest(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", DATABASE::url);
        properties.add("spring.datasource.username", () -> "postgres");
        properties.add("mlpool.model.storage", storage::toString);
        new TestCandles(DATABASE.dataSource())
                .load("bitcoin", Interval.ONE_HOUR, TestCandles.START, TestCandles.walk(800, 0, 1));
    }

    @Test
    void aRunIsStartedWatchedAndShown() throws Exception {
        HttpResponse<String> started = post("/runs", "{\"id\":\"watched\",\"interval\":\"1h\",\"seed\":7}");
        assertThat(started.statusCode()).isEqualTo(202);
        assertThat(started.headers().firstValue("Location")).hasValue("/runs/watched");

        List<String> lines = events("watched", null).lines().toList();

        assertThat(lines).contains("event:epoch", "event:snapshot", "event:evaluation", "event:decision");
        assertThat(lines.stream().filter(line -> line.startsWith("data:{\"state\"")))
                .containsExactly(
                        "data:{\"state\":\"queued\",\"error\":null}",
                        "data:{\"state\":\"running\",\"error\":null}",
                        "data:{\"state\":\"succeeded\",\"error\":null}");
        assertThat(lines.stream().filter(line -> line.startsWith("event:")).toList())
                .last()
                .isEqualTo("event:end");
        JsonNode run = JSON.readTree(get("/runs/watched").body());
        assertThat(run.get("state").asString()).isEqualTo("succeeded");
        assertThat(run.get("request").get("seed").asInt()).isEqualTo(7);
        assertThat(run.get("decision")
                        .get("against_naive")
                        .get("overall")
                        .get("times")
                        .asInt())
                .isPositive();
    }

    @Test
    void aRunOfAModelOfRiskIsStartedOnceAndSkippedWhereThereIsTooLittleToLearnFrom() throws Exception {
        HttpResponse<String> started = post("/risk/runs", "{\"id\":\"early\",\"model\":\"risk-7d\"}");
        assertThat(started.statusCode()).isEqualTo(202);
        assertThat(started.headers().firstValue("Location")).hasValue("/risk/runs/early");
        assertThat(post("/risk/runs", "{\"id\":\"early\",\"model\":\"risk-7d\"}")
                        .statusCode())
                .isEqualTo(202);

        eventually(() -> assertThat(JSON.readTree(get("/risk/runs/early").body())
                        .path("state")
                        .asString())
                .isEqualTo("skipped"));
        assertThat(get("/risk/runs?model=risk-7d").body()).contains("risk-7d needs 2,000 rows");
        assertThat(post("/risk/runs", "{\"id\":\"early\",\"model\":\"risk-30d\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(get("/risk/runs/unknown").statusCode()).isEqualTo(404);
    }

    @Test
    void aRunOfAModelOfRiskSaysEveryMistakeAtOnce() throws Exception {
        HttpResponse<String> refused = post("/risk/runs", "{\"id\":\"a b\",\"model\":\"risk-9d\"}");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("id must be 1 to 64", "model must be one of [risk-7d, risk-30d]");
    }

    @Test
    void theEventStreamGoesOnAfterTheLastEventThatTheClientGot() throws Exception {
        post("/runs", "{\"id\":\"resumed\",\"interval\":\"1h\"}");
        List<String> ids = events("resumed", null)
                .lines()
                .filter(line -> line.startsWith("id:"))
                .toList();

        String later = events("resumed", ids.get(ids.size() - 3).substring("id:".length()));

        assertThat(later.lines().filter(line -> line.startsWith("id:")))
                .isEqualTo(ids.subList(ids.size() - 2, ids.size()));
    }

    @Test
    void theSameRequestWithTheSameIdStartsNothingNewAndAnotherIsRefused() throws Exception {
        String body = "{\"id\":\"twice\",\"interval\":\"1h\"}";
        post("/runs", body);

        assertThat(post("/runs", body).statusCode()).isEqualTo(202);
        HttpResponse<String> other = post("/runs", "{\"id\":\"twice\",\"interval\":\"1h\",\"seed\":2}");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("{\"detail\":\"run twice exists and was asked for something else");
    }

    @Test
    void itsDescriptionHasATitleTagsAndTheNamesOfTheWire() throws Exception {
        JsonNode description = JSON.readTree(get("/openapi.json").body());
        assertThat(description.at("/info/title").asString()).isEqualTo("ML Pool: training");
        assertThat(description.at("/paths/~1runs/post/tags/0").asString()).isEqualTo("runs");
        assertThat(description.at("/components/schemas/RunRequest/properties").propertyNames())
                .contains("fine_tune");
    }

    @Test
    void datasetsAndDecisionsOfAllRunsAreListed() throws Exception {
        post("/runs", "{\"id\":\"listed\",\"model\":\"price-1h\",\"assets\":[\"bitcoin\"]}");
        events("listed", null);

        assertThat(get("/datasets").body()).contains("\"assets\":[\"bitcoin\"]", "\"listed\"");
        String version = JSON.readTree(get("/datasets").body()).at("/0/version").asString();
        assertThat(get("/datasets/" + version + "?format=csv").body())
                .startsWith("asset,open_time,close,turnover,range\nbitcoin,");
        assertThat(get("/datasets/" + version + "?content=features").body()).startsWith("PAR1");
        assertThat(get("/datasets/" + version + "?format=xls").statusCode()).isEqualTo(422);
        assertThat(get("/datasets/none").statusCode()).isEqualTo(404);
        assertThat(get("/decisions?model=price-1h").body())
                .contains("\"run_id\":\"listed\"", "\"reason\":\"Not promoted: ");
        assertThat(get("/decisions?model=price-5m").body()).isEqualTo("[]");
        assertThat(get("/runs?limit=1").body()).startsWith("[{\"id\":");
    }

    @Test
    void aReportIsAPageForABrowserAndMarkdownForDocuments() throws Exception {
        post("/runs", "{\"id\":\"shown\",\"interval\":\"1h\"}");
        events("shown", null);

        HttpResponse<String> page = send(request("/runs/shown/report")
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .GET());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'none'"));
        assertThat(page.body()).startsWith("<!DOCTYPE html>").contains("Loss by hour of the day");
        assertThat(get("/runs/shown/report").body())
                .as("whoever says nothing gets what a program can read")
                .contains("| horizon | 1h | 4h |");
    }

    @Test
    void artifactsOfARunAreListedAndServedSoThatNothingInThemRuns() throws Exception {
        post("/runs", "{\"id\":\"drawn\",\"interval\":\"1h\"}");
        events("drawn", null);

        JsonNode list = JSON.readTree(get("/runs/drawn/artifacts").body());

        assertThat(list.values()).hasSize(10).allSatisfy(artifact -> {
            HttpResponse<String> file = get(artifact.get("url").asString());
            assertThat(file.statusCode()).isEqualTo(200);
            assertThat(file.headers().firstValue("Content-Type"))
                    .hasValue(artifact.get("content_type").asString());
            assertThat(file.headers().firstValueAsLong("Content-Length"))
                    .hasValue(artifact.get("bytes").asLong());
            assertThat(file.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy ->
                            assertThat(policy).contains("default-src 'none'").doesNotContain("script"));
        });
        assertThat(list.toString()).contains("\"content_type\":\"image/svg+xml;charset=UTF-8\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.svg", "..%2Fparams.json", "%2e%2e", "report.html.next", "params.json"})
    void aFileThatIsNoArtifactIsNotFound(String name) throws Exception {
        post("/runs", "{\"id\":\"closed\",\"interval\":\"1h\"}");
        events("closed", null);

        HttpResponse<String> refused = get("/runs/closed/artifacts/" + name);

        assertThat(refused.statusCode()).as(refused.body()).isIn(400, 404);
        assertThat(refused.body()).doesNotContain("snapshot");
    }

    @Test
    void aRunThatWasNotJudgedHasNoArtifacts() throws Exception {
        post("/runs", "{\"id\":\"early\",\"interval\":\"1h\",\"assets\":[\"atlantis\"]}");
        events("early", null);

        for (String path : List.of("/artifacts", "/artifacts/report.html")) {
            HttpResponse<String> refused = get("/runs/early" + path);
            assertThat(refused.statusCode()).isEqualTo(404);
            assertThat(refused.body()).isEqualTo("{\"detail\":\"run early has no artifacts, it is failed\"}");
        }
        HttpResponse<String> page =
                send(request("/runs/early/report").header("Accept", "text/html").GET());
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).startsWith("{\"detail\":\"");
        assertThat(get("/runs/nobody/artifacts").body())
                .isEqualTo("{\"detail\":\"there is no training run 'nobody'\"}");
    }

    @Test
    void aRunThatIsOverCannotBeCancelled() throws Exception {
        post("/runs", "{\"id\":\"over\",\"interval\":\"1h\"}");
        events("over", null);

        HttpResponse<String> refused = post("/runs/over/cancel", "");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).isEqualTo("{\"detail\":\"run over has succeeded already\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | either model or interval must be given",
                "{\"interval\":\"2h\"} | unknown interval '2h', known are 1m, 5m",
                "{\"interval\":\"1m\"} | no horizons are set for interval 1m",
                "{\"model\":\"price-4h\",\"interval\":\"1h\"} | contradict each other",
                "{\"model\":\"price-9h\"} | \"loc\":[\"body\",\"model\"]",
                "{\"model\":\"risk-7d\"} | model must be called price-<interval>",
                "{\"interval\":\"1h\",\"algorithm\":\"oracle\"} | unknown algorithm 'oracle', known are [naive, lstm",
                "{\"interval\":\"1h\",\"assets\":[\"Bit Coin\"]} | \"loc\":[\"body\",\"assets\",0]",
                "{\"interval\":\"1h\",\"assets\":[null]} | \"loc\":[\"body\",\"assets\",0]",
                "{\"interval\":\"1h\",\"id\":\"../../etc\"} | run id must be up to 64 lower-case letters",
                "{\"interval\":\"1h\",\"sed\":1} | sed",
                "{\"interval\":\"1h\",\"seed\":\"one\"} | seed",
                "[] | detail",
                "nonsense | detail",
            })
    void aRequestThatMakesNoSenseIsRefusedWithAllThatIsWrong(String body, String expected) throws Exception {
        HttpResponse<String> refused = post("/runs", body);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).startsWith("{\"detail\":[{\"type\":").contains(expected);
    }

    @Test
    void anUnknownRunIsNotFound() throws Exception {
        assertThat(get("/runs/nobody").statusCode()).isEqualTo(404);
        assertThat(get("/runs/nobody").body()).isEqualTo("{\"detail\":\"there is no training run 'nobody'\"}");
        assertThat(get("/runs/nobody/events").statusCode()).isEqualTo(404);
        assertThat(post("/runs/nobody/cancel", "").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** The whole stream: it ends when the run is over. */
    private String events(String run, @org.jspecify.annotations.Nullable String after)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/runs/" + run + "/events").header("Accept", "text/event-stream");
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        return send(request.GET()).body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @TestConfiguration
    static class Fakes {

        @Bean
        @Primary
        Trainers trainersThatTakeNoTime() {
            return new Trainers(List.of(new NaiveTrainer(), new FakeTrainer(0)));
        }
    }
}
