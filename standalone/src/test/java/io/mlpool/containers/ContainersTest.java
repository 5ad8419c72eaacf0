package io.mlpool.containers;

import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The pool in containers: it comes up, answers, and goes on after every one of its parts was killed, with nothing lost. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static PoolInContainers pool;

    @BeforeAll
    static void start() {
        pool = new PoolInContainers("mlpool-test", Map.of());
        pool.start();
    }

    @AfterAll
    static void stop() {
        if (pool != null) {
            pool.destroy();
        }
    }

    @Test
    @Order(1)
    void whatComesUpLearnsFromTheReplayAndAnswers() {
        within(PATIENCE, () -> assertThat(pool.candles()).isGreaterThan(1000));
        assertThat(pool.post("TRAINING_PORT", "/runs", "{\"id\":\"first\",\"interval\":\"5m\"}")
                        .statusCode())
                .isLessThan(300);
        within(PATIENCE, () -> assertThat(pool.runState("first")).isEqualTo("succeeded"));
        within(PATIENCE, () -> assertThat(pool.predict().at("/model/name").asString())
                .isEqualTo("price-5m"));
        within(
                PATIENCE,
                () -> PoolInContainers.PARTS.forEach(
                        part -> assertThat(pool.health(part)).as(part).isEqualTo("healthy")));
    }

    @Test
    @Order(2)
    void nobodyRunsAsRootOrWritesOutsideOfItsVolume() {
        for (String part : List.of("mlflow", "ingest", "training", "serving")) {
            assertThat(pool.inspect(part, "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}}"))
                    .as(part)
                    .isEqualTo("10001:10001 true");
        }
    }

    @Test
    @Order(2)
    void whoHasNoKeyLearnsNothingAndPrometheusMayRead() {
        assertThat(pool.send("SERVING_PORT", pool.request("SERVING_PORT", "/models"))
                        .statusCode())
                .isEqualTo(401);
        for (String port : List.of("SERVING_PORT", "INGEST_PORT", "TRAINING_PORT")) {
            assertThat(pool.send(
                                    port,
                                    pool.request(port, "/actuator/prometheus")
                                            .header("Authorization", "Bearer " + PoolInContainers.PROMETHEUS))
                            .body())
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    @Order(2)
    void servingIsSmallAndHoldsNothingOfTraining() {
        assertThat(Long.parseLong(pool.docker()
                        .docker("image", "inspect", "-f", "{{.Size}}", PoolInContainers.image("serving"))
                        .strip()))
                .isLessThan(400_000_000);
        assertThat(pool.docker().compose("exec", "-T", "serving", "ls", "/app/lib"))
                .contains("onnxruntime")
                .doesNotContain("nd4j", "deeplearning4j", "javacpp");
    }

    /** As a node that dies takes them: without a word before. What stops by hand Docker does not start again, Kubernetes would. */
    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"serving", "ingest", "training", "mlflow", "postgres"})
    void partThatIsKilledGoesOnWhereItWas(String part) {
        long candles = pool.candles();
        int version = pool.predict().at("/model/version").asInt();
        if (part.equals("training") || part.equals("postgres")) {
            pool.post(
                    "TRAINING_PORT",
                    "/runs",
                    "{\"id\":\"while-%s-dies\",\"interval\":\"5m\",\"seed\":2}".formatted(part));
        }

        pool.docker().docker("kill", pool.container(part));
        pool.docker().docker("start", pool.container(part));

        within(PATIENCE, () -> assertThat(pool.health(part)).isEqualTo("healthy"));
        within(PATIENCE, () -> assertThat(pool.predict().at("/model/version").asInt())
                .isGreaterThanOrEqualTo(version));
        within(PATIENCE, () -> assertThat(pool.candles()).isGreaterThanOrEqualTo(candles));
    }

    @Test
    @Order(4)
    void trainingsThatWereKilledEndedOnceEach() {
        for (String run : List.of("while-training-dies", "while-postgres-dies")) {
            within(PATIENCE, () -> assertThat(pool.runState(run)).isEqualTo("succeeded"));
        }
        within(PATIENCE, () -> {
            JsonNode model = pool.get("SERVING_PORT", "/models/price-5m");
            assertThat(model.at("/versions").findValuesAsString("run_id"))
                    .containsExactlyInAnyOrder("first-naive", "first", "while-training-dies", "while-postgres-dies");
        });
    }

    @Test
    @Order(5)
    void trialsOfAStudyAreDoneByContainersThatEndWithThem(@TempDir Path folder) throws IOException {
        Path study = Files.writeString(folder.resolve("study.json"), """
                {"id": "contained", "interval": "5m", "executed_by": "job", "grid": {"epochs": [1, 2]}}""");

        for (int number = 0; number < 2; number++) {
            pool.docker()
                    .compose(
                            "run",
                            "--rm",
                            "-T",
                            "-e",
                            "SPRING_PROFILES_ACTIVE=trial",
                            "-e",
                            "JOB_COMPLETION_INDEX=" + number,
                            "-v",
                            study + ":/study/study.json:ro",
                            "training");
        }

        within(PATIENCE, () -> assertThat(pool.get("TRAINING_PORT", "/studies/contained")
                        .at("/state")
                        .asString())
                .isEqualTo("succeeded"));
        assertThat(pool.get("TRAINING_PORT", "/studies/contained/trials").findValues("skill"))
                .hasSize(2)
                .allSatisfy(skill -> assertThat(skill.isNumber()).isTrue());
    }
}
