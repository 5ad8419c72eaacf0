package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.RealMlflow;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import io.mlpool.testing.Wire;
import io.mlpool.testing.Wire.Fate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MLflow dies, or is dead already, or this machine has no room: a service starts and serves with what it has. */
class MlflowOutageTest {

    private static RealMlflow mlflow;
    private static Wire wire;
    private static TestDatabase database;
    private static SettableClock clock;
    private static MlflowTeam team;

    @TempDir
    Path storage;

    @BeforeAll
    static void start(@TempDir Path folder) {
        mlflow = RealMlflow.own(folder.resolve("mlflow"));
        wire = new Wire(mlflow.uri());
        team = new MlflowTeam(mlflow.uri(), folder);
        database = TestDatabase.create();
        clock = new SettableClock(new TestMarket(database).add("bitcoin", "btc", 400));
    }

    @AfterAll
    static void stop() {
        if (mlflow != null) {
            mlflow.close();
            wire.close();
        }
    }

    @AfterEach
    void mend() {
        wire.weather(request -> Fate.PASS);
        mlflow.start();
    }

    @Test
    void tenMinutesWithoutMlflowFailNoPredictionAndWhatIsPromotedThenArrives() {
        ModelVersion champion = team.promote();
        try (ServingServer server = serve()) {
            eventually(() -> assertAnswersWith(server, champion));
            ModelVersion killing = team.register();
            AtomicBoolean alive = new AtomicBoolean(true);
            wire.weather(request -> {
                if (request.endsWith("/model.onnx") && alive.getAndSet(false)) {
                    mlflow.kill();
                }
                return Fate.PASS;
            });
            team.promote(killing);
            eventually(() -> assertThat(alive).as("killed in the download").isFalse());
            eventually(() -> assertThat(server.get("/health").body()).contains("registry_trouble"));

            for (int step = 0; step < 120; step++) {
                clock.advance(Duration.ofSeconds(5));
                assertAnswersWith(server, champion);
                assertThat(server.get("/actuator/health/readiness").statusCode())
                        .isEqualTo(200);
            }

            String since = server.json(server.get("/health"))
                    .at("/components/liveModels/details/registry_trouble_since")
                    .asString();
            assertThat(since)
                    .isEqualTo(clock.instant().minus(Duration.ofMinutes(10)).toString());
            mlflow.start();
            eventually(() -> assertAnswersWith(server, killing));
            ModelVersion later = team.promote();
            eventually(() -> assertAnswersWith(server, later));
            assertThat(server.get("/health").body()).doesNotContain("registry_trouble");
        }
    }

    @Test
    void startWithoutMlflowBeginsWithWhatWasLiveLast() {
        ModelVersion champion = team.promote();
        try (ServingServer before = serve()) {
            eventually(() -> assertAnswersWith(before, champion));
        }
        wire.weather(request -> Fate.LOST);

        try (ServingServer server = serve()) {
            eventually(() -> assertThat(server.get("/actuator/health/readiness").statusCode())
                    .isEqualTo(200));
            eventually(() -> assertAnswersWith(server, champion));
            assertThat(server.get("/health").body()).contains("registry_trouble");

            wire.weather(request -> Fate.PASS);
            ModelVersion next = team.promote();
            eventually(() -> assertAnswersWith(server, next));
        }
    }

    @Test
    void startWithoutTheBundlesOfTheChampionBeginsWithWhatWasLiveLast() {
        ModelVersion champion = team.promote();
        try (ServingServer before = serve()) {
            eventually(() -> assertAnswersWith(before, champion));
        }
        ModelVersion next = team.promote();
        wire.weather(request -> request.endsWith("/model.onnx") ? Fate.LOST : Fate.PASS);

        try (ServingServer server = serve()) {
            eventually(() -> assertAnswersWith(server, champion));
            wire.weather(request -> Fate.PASS);
            eventually(() -> assertAnswersWith(server, next));
        }
    }

    @Test
    void startWithoutMlflowAndWithNothingKnownWaitsAndSaysWhy() {
        ModelVersion champion = team.promote();
        wire.weather(request -> Fate.LOST);

        try (ServingServer server = serve()) {
            eventually(() -> assertThat(server.get("/health").body())
                    .contains("registry_trouble")
                    .contains("MLflow at " + wire.uri()));
            assertThat(server.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(server.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            HttpResponse<String> prediction = server.post("/predict", "{\"asset\":\"bitcoin\"}");
            assertThat(prediction.statusCode()).isEqualTo(503);
            assertThat(prediction.body()).contains("no model is live");
            assertAway(server, server.get("/models"));
            assertAway(server, server.get("/models/price-1h/versions/1"));
            assertAway(server, server.post("/models/price-1h/aliases/champion", "{\"version\":1}"));
            assertAway(server, server.post("/models/reload", ""));
            assertThat(server.get("/openapi.json").statusCode()).isEqualTo(200);

            wire.weather(request -> Fate.PASS);
            eventually(() -> assertAnswersWith(server, champion));
        }
    }

    @Test
    void fullDiskLeavesTheOldModelServingAndIsToldUntilThereIsRoom() throws IOException, InterruptedException {
        Path fetched = Files.createDirectories(storage.resolve("fetched"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", fetched), "only root can mount a small disk");
        try (ServingServer server = serve()) {
            ModelVersion champion = team.promote();
            eventually(() -> assertAnswersWith(server, champion));
            Path filler = fillUp(fetched.resolve("filler"));

            ModelVersion next = team.promote();

            eventually(() -> assertThat(server.get("/health").body())
                    .contains("version %d of price-1h cannot be kept in %s".formatted(next.version(), fetched))
                    .contains("make room there"));
            assertAnswersWith(server, champion);
            HttpResponse<String> refused =
                    server.post("/models/price-1h/aliases/champion", "{\"version\":%d}".formatted(next.version()));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("make room there");
            Files.delete(filler);
            eventually(() -> assertAnswersWith(server, next));
        } finally {
            run("umount", fetched);
        }
    }

    @Test
    void serviceEndsInOrderWhileMlflowHangs() {
        wire.weather(request -> Fate.SLOW);
        int before = wire.requests().size();
        ServingServer server = serve("mlpool.tracking.timeout=5m");
        eventually(() -> assertThat(wire.requests()).hasSizeGreaterThan(before));

        assertTimeout(Duration.ofSeconds(5), server::close);
    }

    private ServingServer serve() {
        return serve("mlpool.tracking.timeout=2s");
    }

    private ServingServer serve(String patience) {
        return ServingServer.start(
                database,
                storage,
                clock,
                patience,
                "mlpool.tracking.uri=" + wire.uri(),
                "mlpool.tracking.retry-pauses=10ms");
    }

    private static Path fillUp(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] page = new byte[4096];
            for (int pages = 0; pages < 1024; pages++) {
                out.write(page);
            }
        } catch (IOException full) {
            return file;
        }
        throw new IOException("a disk of 1 MB took 4");
    }

    private static boolean run(Object... command) throws InterruptedException {
        try {
            String[] words =
                    java.util.Arrays.stream(command).map(Object::toString).toArray(String[]::new);
            return new ProcessBuilder(words).inheritIO().start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static void assertAway(ServingServer server, HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(server.json(response).get("detail").asString()).contains("the model registry is not available");
    }

    private static void assertAnswersWith(ServingServer server, ModelVersion version) {
        HttpResponse<String> response = server.post("/predict", "{\"asset\":\"bitcoin\"}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(server.json(response).at("/model/version").asInt()).isEqualTo(version.version());
    }
}
