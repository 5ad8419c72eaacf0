package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.Alias;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Experiments over REST, and who is answered by which arm. */
class ExperimentsTest {

    private static TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private static ServingServer server;

    private int control;
    private int challenger;

    @BeforeAll
    static void start(@TempDir Path folder) {
        database = TestDatabase.create();
        TestMarket market = new TestMarket(database);
        SettableClock clock = new SettableClock(market.add("bitcoin", "btc", 400));
        for (int i = 0; i < 12; i++) {
            market.add("coin" + i, "c" + i, 400);
        }
        server = ServingServer.start(
                database, folder, clock, "mlpool.experiments.every=1h", "mlpool.experiments.poll-interval=20ms");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void twoVersionsAreLive() {
        database.jdbc().sql("DELETE FROM experiment").update();
        control = server.promote().version();
        challenger = server.register().version();
        server.registry().assign("price-1h", Alias.CHALLENGER, challenger);
        server.post("/models/reload", "");
        eventually(() -> assertThat(version(ask("bitcoin", "nobody"))).isEqualTo(control));
        eventually(() -> assertThat(database.jdbc()
                        .sql("SELECT count(DISTINCT asset) FROM forecast WHERE version = :version")
                        .param("version", challenger)
                        .query(Integer.class)
                        .single())
                .isEqualTo(13));
    }

    @Test
    void experimentBeginsOnceHoweverOftenItIsAskedFor() {
        HttpResponse<String> first = begin("{\"id\":\"twice\",\"model\":\"price-1h\"}");
        HttpResponse<String> again = begin("{\"id\":\"twice\",\"model\":\"price-1h\"}");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        JsonNode experiment = server.json(first);
        assertThat(experiment.get("state").asString()).isEqualTo("running");
        assertThat(experiment.get("control").asInt()).isEqualTo(control);
        assertThat(experiment.get("challenger").asInt()).isEqualTo(challenger);
        assertThat(experiment.at("/terms/mode").asString()).isEqualTo("shadow");
        assertThat(experiment.get("block_hours").asInt()).isEqualTo(24);
        assertThat(refusal(begin("{\"id\":\"twice\",\"model\":\"price-1h\",\"longest_days\":3}"), 409))
                .contains("exists and is another one");
        assertThat(refusal(begin("{\"id\":\"second\",\"model\":\"price-1h\"}"), 409))
                .contains("experiment twice of price-1h is not over");
        assertThat(server.get("/experiments").body()).contains("\"twice\"").doesNotContain("second");
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThat(refusal(begin("{\"model\":\"price-4h\"}"), 409)).startsWith("no champion of price-4h is live");
        assertThat(refusal(begin("{\"model\":\"price-1h\",\"challenger\":%d}".formatted(control)), 409))
                .contains("give it the alias first");
        assertThat(begin("{\"model\":\"price-1h\",\"challenger_share\":0.2}").body())
                .contains("ask for \\\"mode\\\": \\\"split\\\"");
        assertThat(begin("{\"model\":\"price-1h\",\"guardrails\":{\"coverage_from\":0.99}}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(server.get("/experiments/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void withAWatchThatSomebodyStopsTheVersionBeforeRests() {
        begin("{\"id\":\"theirs\",\"model\":\"price-1h\"}");
        server.post("/experiments/theirs/stop", "");
        assertThat(server.registry().target("price-1h", Alias.CHALLENGER)).contains(challenger);
        begin("{\"id\":\"watch\",\"model\":\"price-1h\"}");
        database.jdbc()
                .sql("UPDATE experiment SET kind = 'watch' WHERE id = 'watch'")
                .update();

        server.post("/experiments/watch/stop", "");

        assertThat(server.registry().target("price-1h", Alias.CHALLENGER)).isEmpty();
    }

    @Test
    void inShadowEverybodyIsAnsweredByTheControl() {
        begin("{\"id\":\"shadow\",\"model\":\"price-1h\"}");

        assertThat(IntStream.range(0, 50).map(i -> version(ask("bitcoin", "user" + i))))
                .containsOnly(control);
    }

    @Test
    void splitAnswersEachCallerByOneArmUntilItIsStopped() {
        begin("{\"id\":\"split\",\"model\":\"price-1h\",\"mode\":\"split\",\"challenger_share\":0.5}");
        eventually(() -> assertThat(versions("bitcoin")).containsExactly(control, challenger));

        List<Integer> once = IntStream.range(0, 40)
                .map(i -> version(ask("bitcoin", "user" + i)))
                .boxed()
                .toList();
        List<Integer> twice = IntStream.range(0, 40)
                .map(i -> version(ask("bitcoin", "user" + i)))
                .boxed()
                .toList();
        assertThat(twice).isEqualTo(once);
        int user = once.indexOf(challenger);
        JsonNode answer = ask("coin3", "user" + user);
        assertThat(version(answer)).as("of other assets too").isEqualTo(challenger);
        assertThat(answer.at("/model/variant").asString()).isEqualTo("challenger");
        assertThat(batch("user" + user)).containsExactly(challenger, challenger);
        assertThat(batch("user" + once.indexOf(control))).containsExactly(control, control);
        assertThat(IntStream.range(0, 12).map(i -> version(ask("coin" + i, ""))).distinct())
                .as("without a unit each asset has its arm")
                .containsExactlyInAnyOrder(control, challenger);

        JsonNode stopped = server.json(server.post("/experiments/split/stop", "{\"reason\":\"enough\"}"));

        assertThat(stopped.get("outcome").asString()).isEqualTo("stopped: enough");
        eventually(() -> assertThat(versions("bitcoin")).containsExactly(control));
        assertThat(server.json(server.post("/experiments/split/stop", "")).get("outcome"))
                .isEqualTo(stopped.get("outcome"));
    }

    @Test
    void challengerWithoutProofIsPromotedOnlyByForce() {
        begin("{\"id\":\"forced\",\"model\":\"price-1h\"}");

        assertThat(refusal(server.post("/experiments/forced/promote", ""), 409)).contains("is not proved better");
        JsonNode promoted = server.json(server.post("/experiments/forced/promote", "{\"force\":true}"));

        assertThat(promoted.get("state").asString()).isEqualTo("promoted");
        assertThat(promoted.get("outcome").asString()).isEqualTo("promoted without proof");
        assertThat(server.registry().target("price-1h", Alias.CHAMPION)).contains(challenger);
        assertThat(server.registry().target("price-1h", Alias.CHALLENGER)).isEmpty();
        assertThat(server.post("/experiments/forced/promote", "").statusCode())
                .as("once more")
                .isEqualTo(200);
    }

    private static HttpResponse<String> begin(String body) {
        return server.post("/experiments", body);
    }

    private static String refusal(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).isEqualTo(status);
        return server.json(answer).get("detail").asString();
    }

    private static Set<Integer> versions(String asset) {
        Set<Integer> versions = new TreeSet<>();
        IntStream.range(0, 30).forEach(i -> versions.add(version(ask(asset, "user" + i))));
        return versions;
    }

    private static int version(JsonNode answer) {
        return answer.at("/model/version").asInt();
    }

    private static JsonNode ask(String asset, String unit) {
        return server.json(send("/predict", "{\"asset\":\"%s\"}".formatted(asset), unit));
    }

    private static List<Integer> batch(String unit) {
        JsonNode answer = server.json(
                send("/predict/batch", "{\"requests\":[{\"asset\":\"coin1\"},{\"asset\":\"coin2\"}]}", unit));
        return answer.findValues("model").stream()
                .map(model -> model.get("version").asInt())
                .toList();
    }

    private static HttpResponse<String> send(String path, String body, String unit) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        return server.send(unit.isEmpty() ? request : request.header("X-Experiment-Unit", unit));
    }
}
