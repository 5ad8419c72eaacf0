package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.Alias;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class BatchJobsTest {

    private static final int LIMIT = 3;

    private static TestDatabase database;
    private static ServingServer server;
    private static SettableClock clock;

    @BeforeAll
    static void start(@TempDir Path folder) {
        database = TestDatabase.create();
        TestMarket market = new TestMarket(database);
        Instant close = market.add("bitcoin", "btc", 400);
        market.add("ethereum", "eth", 400);
        market.add("newcoin", "new", 3);
        clock = new SettableClock(close);
        server = ServingServer.start(
                database, folder, clock, "mlpool.jobs.chunk-size=2", "mlpool.jobs.unfinished=" + LIMIT);
        server.promote();
        eventually(() -> assertThat(server.get("/health").statusCode()).isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void requestWithAnIdCanBeRepeatedButNotReplaced() {
        String request = "{\"id\": \"%s\", \"assets\": [\"%s\"]}";
        UUID id = UUID.randomUUID();

        JsonNode first = server.json(start(request.formatted(id, "bitcoin")));
        HttpResponse<String> again = start(request.formatted(id, "bitcoin"));
        HttpResponse<String> other = start(request.formatted(id, "ethereum"));

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(server.json(again).get("id")).isEqualTo(first.get("id"));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("choose another id");
        assertThat(count("batch_job WHERE id = '%s'".formatted(id))).isOne();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                               | 422 | assets
            {"assets": []}                                   | 422 | assets
            {"assets": [null]}                               | 422 | assets
            {"assets": ["\\u0000"]}                          | 422 | assets
            {"assets": ["*"], "interval": "5m"}              | 422 | interval
            {"assets": ["*"], "horizons": ["2h"]}            | 422 | horizons
            {"assets": ["*"], "horizons": []}                | 422 | horizons
            {"assets": ["*"], "id": "mine"}                  | 422 | id
            {"assets": ["*"], "name": ""}                    | 422 | name
            {"assets": ["*"], "asset": "bitcoin"}            | 422 | asset
            """)
    void jobThatMakesNoSenseIsRefusedAndNothingIsKept(String request, int status, String field) {
        int before = count("batch_job");

        HttpResponse<String> refused = start(request);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(server.json(refused).at("/detail/0/loc/1").asString()).isEqualTo(field);
        assertThat(count("batch_job")).isEqualTo(before);
    }

    @Test
    void horizonsThatAreNotAnsweredAreEachNamedByTheirPlace() {
        HttpResponse<String> refused = start("{\"assets\": [\"*\"], \"horizons\": [\"1h\", \"2h\", \"soon\"]}");

        assertThat(server.json(refused).get("detail"))
                .extracting(one -> one.get("loc") + " " + one.get("input"))
                .containsExactly("[\"body\",\"horizons\",1] \"2h\"", "[\"body\",\"horizons\",2] \"soon\"");
    }

    @Test
    void waitingJobHasNoResultIsCancelledAsOftenAsAskedAndHoldsAPlaceUntilThen() {
        holdJobs();
        try {
            List<String> waiting = List.of(id("1"), id("2"), id("3"));
            HttpResponse<String> tooMany = start("{\"assets\": [\"bitcoin\"]}");
            HttpResponse<String> result = server.get("/batch-jobs/%s/result".formatted(waiting.getFirst()));

            assertThat(tooMany.statusCode()).isEqualTo(429);
            assertThat(tooMany.headers().firstValue("Retry-After")).isPresent();
            assertThat(result.statusCode()).isEqualTo(409);
            assertThat(result.body()).contains("0 of 3 items done");
            release();
            waiting.forEach(id -> {
                assertThat(cancel(id).get("state").asString()).isEqualTo("cancelled");
                assertThat(cancel(id).get("state").asString()).isEqualTo("cancelled");
                assertThat(server.get("/batch-jobs/%s/result".formatted(id)).statusCode())
                        .isEqualTo(409);
            });
            assertThat(start("{\"assets\": [\"bitcoin\"]}").statusCode()).isEqualTo(202);
            eventually(() -> assertThat(count("serving_tasks WHERE task_name = 'batch-job'"))
                    .isZero());
            assertThat(count("batch_job_result r JOIN batch_job j ON j.id = r.job_id WHERE state = 'cancelled'"))
                    .isZero();
        } finally {
            release();
        }
    }

    private static String id(String name) {
        return server.json(start("{\"assets\": [\"bitcoin\"], \"name\": \"%s\"}".formatted(name)))
                .get("id")
                .asString();
    }

    /** From here on no job is begun. */
    private static void holdJobs() {
        database.jdbc().sql("""
                CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF NEW.task_name = 'batch-job' THEN NEW.execution_time := '9999-01-01'; END IF;
                  RETURN NEW;
                END $$;
                CREATE TRIGGER later BEFORE INSERT ON serving_tasks FOR EACH ROW EXECUTE FUNCTION later()
                """).update();
    }

    private static void release() {
        database.jdbc()
                .sql("DROP TRIGGER IF EXISTS later ON serving_tasks; DROP FUNCTION IF EXISTS later()")
                .update();
        database.jdbc()
                .sql("UPDATE serving_tasks SET execution_time = now() WHERE execution_time > '9998-01-01'")
                .update();
    }

    private static void putBack() {
        server.registry().assign("price-1h", Alias.CHAMPION, 1);
        server.post("/models/reload", "");
        eventually(() -> assertThat(
                        server.post("/predict", "{\"asset\":\"bitcoin\"}").statusCode())
                .isEqualTo(200));
    }

    @Test
    void jobIsRefusedForNowWhileNoModelIsLive() {
        server.takeAllOut();
        try {
            HttpResponse<String> refused = start("{\"assets\": [\"*\"]}");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            putBack();
        }
    }

    @Test
    void jobThatIsOverStaysAsItIsWhenItIsCancelled() {
        JsonNode job = succeeded(start("{\"assets\": [\"bitcoin\"]}"));

        assertThat(cancel(job.get("id").asString())).isEqualTo(job);
    }

    @Test
    void finishedJobIsRemovedAWeekAfterItsEnd() {
        JsonNode job = succeeded(start("{\"assets\": [\"bitcoin\"]}"));
        String path = "/batch-jobs/" + job.get("id").asString();
        database.jdbc()
                .sql("UPDATE batch_job SET finished_at = finished_at - :weeks * interval '1 week' WHERE id = :id::uuid")
                .param("weeks", 2)
                .param("id", job.get("id").asString())
                .update();

        database.jdbc()
                .sql("UPDATE serving_tasks SET execution_time = now() WHERE task_name = 'batch-job-retention'")
                .update();

        eventually(() -> assertThat(server.get(path).statusCode()).isEqualTo(404));
        assertThat(count("batch_job_result WHERE job_id = '%s'"
                        .formatted(job.get("id").asString())))
                .isZero();
    }

    @Test
    void jobFailsWithTheReasonWhenNobodyAnswersForLong() {
        holdJobs();
        String id = server.json(start("{\"assets\": [\"bitcoin\"]}")).get("id").asString();
        server.takeAllOut();
        try {
            release();
            eventually(() -> assertThat(job(id).get("state").asString()).isEqualTo("running"));
            clock.advance(Duration.ofMinutes(2));

            eventually(() -> assertThat(job(id).get("state").asString()).isEqualTo("failed"));
            assertThat(job(id).get("error").asString()).contains("no model answered for 1h candles");
        } finally {
            release();
            putBack();
        }
    }

    private static HttpResponse<String> start(String request) {
        return server.post("/batch-jobs", request);
    }

    private static JsonNode cancel(String id) {
        return server.json(server.send(
                HttpRequest.newBuilder(server.uri("/batch-jobs/" + id)).DELETE()));
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

    private static int count(String from) {
        return database.jdbc()
                .sql("SELECT count(*) FROM " + from)
                .query(Integer.class)
                .single();
    }
}
