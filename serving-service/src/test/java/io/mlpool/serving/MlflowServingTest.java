package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.Forgetting;
import io.mlpool.testing.RealMlflow;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import io.mlpool.testing.Wire;
import io.mlpool.testing.Wire.Fate;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** One service that follows a real MLflow over a wire that can be made bad. */
class MlflowServingTest {

    private static final Duration SECONDS = Duration.ofSeconds(5);
    private static final String THE_WATCH = "GET /api/2.0/mlflow/registered-models/search";

    private static URI mlflow;
    private static Wire wire;
    private static TestDatabase database;
    private static ServingServer server;
    private static MlflowTeam team;

    @BeforeAll
    static void start(@TempDir Path folder) {
        mlflow = RealMlflow.shared().uri();
        Forgetting.model(mlflow, "price-1h");
        wire = new Wire(mlflow);
        team = new MlflowTeam(mlflow, folder);
        database = TestDatabase.create();
        SettableClock clock = new SettableClock(new TestMarket(database).add("bitcoin", "btc", 400));
        server = ServingServer.start(
                database,
                folder,
                clock,
                "mlpool.tracking.uri=" + wire.uri(),
                "mlpool.tracking.timeout=1s",
                "mlpool.tracking.transfer-timeout=500ms",
                "mlpool.tracking.retry-pauses=10ms");
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
            wire.close();
        }
    }

    @AfterEach
    void mendTheWire() {
        wire.leadTo(mlflow);
        wire.weather(request -> Fate.PASS);
    }

    @Test
    void versionPromotedInMlflowGoesLiveWithinSecondsAndSoDoesTheRollback() {
        ModelVersion first = team.promote();
        within(SECONDS, () -> assertAnswersWith(first.version()));

        ModelVersion second = team.promote();
        within(SECONDS, () -> assertAnswersWith(second.version()));

        team.promote(first);
        within(SECONDS, () -> assertAnswersWith(first.version()));
    }

    @Test
    void promotionOverRestMovesTheAliasInMlflow() {
        promoteAndWait();
        ModelVersion next = team.register();

        HttpResponse<String> response =
                server.post("/models/price-1h/aliases/champion", "{\"version\":%d}".formatted(next.version()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(team.champion()).isEqualTo(next.version());
        assertAnswersWith(next.version());
    }

    @Test
    void modelsAreThoseOfMlflowWithWhatPeopleTaggedThere() {
        ModelVersion champion = promoteAndWait();
        team.call("POST", "model-versions/set-tag", """
                {"name": "price-1h", "version": "%d", "key": "reviewed_by", "value": "ada"}""".formatted(champion.version()));

        JsonNode models = server.json(server.get("/models"));
        JsonNode version = server.json(server.get("/models/price-1h/versions/" + champion.version()));

        assertThat(models.at("/registry").asString()).isEqualTo("MLflow at " + wire.uri());
        assertThat(models.at("/models/0/name").asString()).isEqualTo("price-1h");
        assertThat(models.at("/models/0/live/champion/version").asInt()).isEqualTo(champion.version());
        assertThat(version.at("/tags/reviewed_by").asString()).isEqualTo("ada");
        assertThat(version.at("/aliases/0").asString()).isEqualTo("champion");
        assertThat(version.at("/run_id").asString()).isEqualTo(champion.runId());
    }

    @ParameterizedTest
    @MethodSource("versionsOfOtherTools")
    void versionOfAnotherToolIsRejectedInWordsAndDisturbsNothing(String creation, String why) {
        ModelVersion good = promoteAndWait();
        int foreign = team.call("POST", "model-versions/create", creation)
                .at("/model_version/version")
                .asInt();

        team.promote(foreign);

        eventually(() -> assertThat(health())
                .contains("price-1h@champion rejected")
                .contains("version %d of price-1h in MLflow holds no bundle of ML Pool".formatted(foreign))
                .contains(why));
        assertAnswersWith(good.version());
        assertThat(server.get("/models").statusCode()).isEqualTo(200);
        assertThat(server.get("/models/price-1h/versions/" + foreign).body()).contains("\"broken\":");
        assertThat(server.post("/models/price-1h/aliases/challenger", "{\"version\":%d}".formatted(foreign))
                        .statusCode())
                .isEqualTo(409);
        team.promote(good);
    }

    static Stream<Arguments> versionsOfOtherTools() {
        String elsewhere = """
                {"name": "price-1h", "source": "s3://team/price model", "tags": [{"key": "note", "value": ""}]}""";
        JsonNode run =
                team.call("POST", "runs/create", "{\"experiment_id\": \"0\"}").at("/run/info");
        String empty = """
                {"name": "price-1h", "source": "%s/model", "run_id": "%s"}""".formatted(
                        run.get("artifact_uri").asString(), run.get("run_id").asString());
        return Stream.of(Arguments.of(elsewhere, "its source is"), Arguments.of(empty, "No such artifact"));
    }

    @Test
    void modelThatMlflowLostStaysLiveUntilItIsRegisteredAgain() {
        ModelVersion before = promoteAndWait();
        while (before.version() > 1) {
            Forgetting.model(mlflow, "price-1h");
            before = promoteAndWait();
        }
        assertThat(before.version()).isOne();
        Forgetting.model(mlflow, "price-1h");
        eventually(() ->
                assertThat(health()).contains("price-1h@champion has gone from the registry: version 1 stays live"));
        assertAnswersWith(1);

        ModelVersion again = team.promote();

        assertThat(again.version()).as("counted anew").isOne();
        eventually(() -> assertThat(server.json(server.get("/models/price-1h"))
                        .at("/live/champion/run_id")
                        .asString())
                .isEqualTo(again.runId()));
        eventually(() -> assertThat(health()).doesNotContain("registry_trouble"));
    }

    @ParameterizedTest
    @CsvSource({
        "HALVED, broke off",
        "LOST,   broke off",
        "SLOW,   did not answer within",
        "FAILED, failed (500)",
        "DENIED, set MLFLOW_TRACKING_USERNAME"
    })
    void downloadThatGoesWrongLeavesTheOldModelServingAndIsMadeUpFor(Fate fate, String trouble) {
        ModelVersion old = promoteAndWait();
        wire.weather(request -> request.endsWith("/model.onnx") ? fate : Fate.PASS);

        ModelVersion next = team.promote();

        eventually(() -> assertThat(health()).contains("registry_trouble").contains(trouble));
        assertAnswersWith(old.version());
        assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        wire.weather(request -> Fate.PASS);
        eventually(() -> assertAnswersWith(next.version()));
        eventually(() -> assertThat(health()).doesNotContain("registry_trouble"));
    }

    @ParameterizedTest
    @CsvSource({
        "HALVED, broke off",
        "LOST,   broke off",
        "SLOW,   did not answer within",
        "FAILED, failed (500)",
        "DENIED, set MLFLOW_TRACKING_USERNAME"
    })
    void mlflowThatAnswersNothingGoodLeavesTheOldModelServingAndIsFollowedAgain(Fate fate, String trouble) {
        ModelVersion old = promoteAndWait();
        wire.weather(request -> fate);
        ModelVersion next = team.promote();

        eventually(() -> assertThat(health()).contains("registry_trouble_since").contains(trouble));
        assertAnswersWith(old.version());
        assertAway(server.get("/models"));

        wire.weather(request -> Fate.PASS);
        eventually(() -> assertAnswersWith(next.version()));
    }

    @Test
    void mlflowThatDoesNotKnowItsOwnNameIsToldAboutInWords(@TempDir Path folder) {
        ModelVersion old = promoteAndWait();
        try (RealMlflow strict = RealMlflow.own(folder, setup -> setup.withAllowedHosts("mlflow.example.com"))) {
            wire.leadTo(strict.uri());
            eventually(() -> assertThat(health()).contains("start it with --allowed-hosts"));
            assertAnswersWith(old.version());
            wire.leadTo(mlflow);
        }
        ModelVersion next = team.promote();
        eventually(() -> assertAnswersWith(next.version()));
    }

    @Test
    void predictionsAskNothingOfMlflowAndDoNotWaitWhileItHangs() {
        ModelVersion champion = promoteAndWait();
        wire.weather(request -> Fate.SLOW);
        int before = wire.requests().size();
        eventually(() -> assertThat(wire.requests()).hasSizeGreaterThan(before));

        List<Duration> latencies = new ArrayList<>();
        for (int prediction = 0; prediction < 1_000; prediction++) {
            long begin = System.nanoTime();
            assertAnswersWith(champion.version());
            latencies.add(Duration.ofNanos(System.nanoTime() - begin));
        }

        latencies.sort(Comparator.naturalOrder());
        assertThat(latencies.get(989)) // a busy machine delays some, MLflow's time limit of 1 s would delay many
                .isLessThan(Duration.ofMillis(900));

        List<String> all = wire.requests();
        assertThat(all.subList(before, all.size())).containsOnly(THE_WATCH);
    }

    private static ModelVersion promoteAndWait() {
        ModelVersion version = team.promote();
        eventually(() -> assertAnswersWith(version.version()));
        eventually(() -> assertThat(health()).doesNotContain("registry_trouble"));
        return version;
    }

    private static void assertAway(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(server.json(response).get("detail").asString())
                .isEqualTo("the model registry is not available, try again later");
    }

    private static String health() {
        return server.get("/health").body();
    }

    private static void assertAnswersWith(int version) {
        HttpResponse<String> response = server.post("/predict", "{\"asset\":\"bitcoin\"}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(server.json(response).at("/model/version").asInt()).isEqualTo(version);
    }
}
