package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BatchJobsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static ServingServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        TestMarket market = new TestMarket(DATABASE);
        Instant close = market.add("bitcoin", "btc", 400);
        market.add("ethereum", "eth", 400);
        server = ServingServer.start(
                DATABASE, folder, new SettableClock(close), "mlpool.jobs.chunk=4", "mlpool.jobs.most-waiting=2");
        server.promote();
        eventually(() -> assertThat(
                        server.post("/predict", "{\"asset\":\"ethereum\"}").statusCode())
                .isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void wholeUniverseIsAnsweredInOrderWithWhatPredictSays() {
        JsonNode job = order("{\"name\":\"all\"}");
        assertThat(job.path("state").asString()).isEqualTo("queued");
        assertThat(job.path("total").asInt()).isEqualTo(6);

        List<JsonNode> lines = ndjson(succeeded(job));

        assertThat(lines)
                .extracting(line -> line.path("asset").asString() + " "
                        + line.path("horizon").asString())
                .containsExactly(
                        "bitcoin 1h", "bitcoin 4h", "bitcoin 24h", "ethereum 1h", "ethereum 4h", "ethereum 24h");
        assertThat(lines.get(5).path("prediction"))
                .isEqualTo(JSON.readTree(server.post("/predict", "{\"asset\":\"ethereum\",\"horizon\":\"24h\"}")
                        .body()));
    }

    @Test
    void csvHasALineForEachItemAndTheReasonWhereThereIsNoForecast() {
        JsonNode job = succeeded(order("{\"assets\":[\"bitcoin\",\"no, \\\"coin\\\"\"],\"horizons\":[\"4h\"]}"));
        assertThat(job.path("failed").asInt()).isEqualTo(1);

        HttpResponse<String> csv = server.get(
                "/batch-jobs/%s/result?format=csv".formatted(job.path("id").asString()));

        assertThat(csv.headers().firstValue("content-type")).hasValue("text/csv;charset=utf-8");
        List<String> lines = csv.body().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("asset,horizon,prediction_id,as_of,")
                .contains(",q0.05,q0.1,")
                .endsWith("error");
        assertThat(lines.get(1)).startsWith("bitcoin,4h,").contains("price-1h,1,");
        assertThat(lines.get(2)).startsWith("\"no, \"\"coin\"\"\",4h,,").contains("unknown asset 'no, ");
    }

    @Test
    void sameRequestUnderTheSameIdIsTheSameJobAndAnotherIsRefused() {
        String id = UUID.randomUUID().toString();
        String request = "{\"id\":\"%s\",\"assets\":[\"bitcoin\"]}".formatted(id);

        succeeded(order(request));
        HttpResponse<String> again = server.post("/batch-jobs", request);
        HttpResponse<String> other = server.post("/batch-jobs", "{\"id\":\"%s\"}".formatted(id));

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.headers().firstValue("location")).hasValue("/batch-jobs/" + id);
        assertThat(server.json(again).path("state").asString()).isEqualTo("succeeded");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("was asked for with another request");
    }

    @Test
    void jobWhoseProcessWasKilledGoesOnBehindItsLastStoredItem() {
        UUID id = unfinished("running");
        DATABASE.jdbc().sql("""
                INSERT INTO batch_job_row (job_id, position, asset, horizon, prediction)
                SELECT :id, n, 'bitcoin', '1h', '{"made":"before the kill"}' FROM generate_series(0, 4) n
                """).param("id", id).update();
        DATABASE.jdbc()
                .sql("UPDATE batch_job SET done = 5 WHERE id = :id")
                .param("id", id)
                .update();
        DATABASE.jdbc().sql("""
                INSERT INTO serving_tasks (task_name, task_instance, execution_time, picked, picked_by, last_heartbeat, version)
                VALUES ('batch-job', :id, now() - interval '1 hour', true, 'killed', now() - interval '1 hour', 1)
                """).param("id", id.toString()).update();

        JsonNode job = succeeded(server.json(server.get("/batch-jobs/" + id)));

        assertThat(job.path("done").asInt()).isEqualTo(10);
        List<JsonNode> lines = ndjson(job);
        assertThat(lines).hasSize(10);
        assertThat(lines.subList(0, 5))
                .allSatisfy(line ->
                        assertThat(line.at("/prediction/made").asString()).isEqualTo("before the kill"));
        assertThat(lines.subList(5, 10))
                .allSatisfy(line ->
                        assertThat(line.at("/prediction/model/version").asInt()).isPositive());
    }

    @Test
    void jobThatIsCancelledStaysSoAndItsResultIsRefused() {
        UUID id = unfinished("queued");

        for (int i = 0; i < 2; i++) {
            HttpResponse<String> cancelled = server.send(
                    HttpRequest.newBuilder(server.uri("/batch-jobs/" + id)).DELETE());
            assertThat(server.json(cancelled).path("state").asString()).isEqualTo("cancelled");
        }
        HttpResponse<String> result = server.get("/batch-jobs/%s/result".formatted(id));
        assertThat(result.statusCode()).isEqualTo(409);
        assertThat(result.body()).contains("is cancelled, 0 of 10 items are done");
    }

    @Test
    void moreJobsThanMayWaitAreRefusedUntilOneIsFinished() {
        List<UUID> waiting = List.of(unfinished("queued"), unfinished("queued"));

        HttpResponse<String> refused = server.post("/batch-jobs", "{}");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("retry-after")).hasValue("30");
        waiting.forEach(id -> server.send(
                HttpRequest.newBuilder(server.uri("/batch-jobs/" + id)).DELETE()));
        assertThat(server.post("/batch-jobs", "{}").statusCode()).isEqualTo(202);
    }

    @Test
    void jobsAreListedInPagesThatNewOnesDoNotMove() {
        for (int i = 0; i < 3; i++) {
            succeeded(order("{\"assets\":[\"bitcoin\"]}"));
        }
        JsonNode all = server.json(server.get("/batch-jobs"));
        HttpResponse<String> first = server.get("/batch-jobs?limit=2");
        succeeded(order("{\"assets\":[\"bitcoin\"]}"));

        String next = first.headers().firstValue("link").orElseThrow().replaceAll("^<(.*)>; rel=\"next\"$", "$1");
        JsonNode second = server.json(server.get(next));

        assertThat(second.at("/batch_jobs/0")).isEqualTo(all.at("/batch_jobs/2"));
        assertThat(server.get("/batch-jobs?cursor=nonsense").statusCode()).isEqualTo(422);
    }

    @Test
    void thousandsOfItemsComeInTheirOrder() {
        List<String> assets = Collections.nCopies(2_500, "\"bitcoin\",\"ethereum\"");
        JsonNode job = succeeded(order("{\"assets\":%s,\"horizons\":[\"1h\"]}".formatted(assets)));

        List<JsonNode> lines = ndjson(job);

        assertThat(lines).hasSize(5_000);
        assertThat(lines.get(4_999).path("asset").asString()).isEqualTo("ethereum");
        assertThat(lines.get(4_998).at("/prediction/asset").asString()).isEqualTo("bitcoin");
    }

    @Test
    void wrongOrderIsRefusedAndNamesTheField() {
        assertThat(server.post("/batch-jobs", "{\"assets\":[]}").statusCode()).isEqualTo(422);
        assertThat(server.post("/batch-jobs", "{\"horizons\":[\"9h\"]}").body())
                .contains("[\"body\",\"horizon\"]")
                .contains("[1h, 4h, 24h]");
        assertThat(server.get("/batch-jobs/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        assertThat(server.get("/batch-jobs/7").statusCode()).isEqualTo(422);
    }

    /** A job of ten items that no task works on. */
    private static UUID unfinished(String state) {
        UUID id = UUID.randomUUID();
        DATABASE.jdbc().sql("""
                INSERT INTO batch_job (id, name, request, interval, assets, horizons, state, created_at)
                VALUES (:id, '', '', '1h', array_fill('bitcoin'::text, ARRAY[10]), ARRAY['1h'], :state, now())
                """).param("id", id).param("state", state).update();
        return id;
    }

    private static JsonNode order(String request) {
        HttpResponse<String> answer = server.post("/batch-jobs", request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return server.json(answer);
    }

    private static JsonNode succeeded(JsonNode job) {
        String path = "/batch-jobs/" + job.path("id").asString();
        eventually(() -> assertThat(server.json(server.get(path)).path("state").asString())
                .isEqualTo("succeeded"));
        return server.json(server.get(path));
    }

    private static List<JsonNode> ndjson(JsonNode job) {
        return server.get("/batch-jobs/%s/result".formatted(job.path("id").asString()))
                .body()
                .lines()
                .map(JSON::readTree)
                .toList();
    }
}
