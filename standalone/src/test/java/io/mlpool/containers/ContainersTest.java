package io.mlpool.containers;

import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.RealMlflow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pool in containers: it comes up, answers, and goes on after every one of its parts was killed, with nothing lost. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainersTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String VERSION = System.getProperty("images.version");
    private static final String ADMIN = "mlp_0123456789ab_" + "a1".repeat(32);
    private static final String PROMETHEUS = "mlp_ba9876543210_" + "b2".repeat(32);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final List<String> PARTS = List.of("postgres", "mlflow", "ingest", "training", "serving");

    private static final Map<String, String> PORTS =
            Map.of("SERVING_PORT", free(), "INGEST_PORT", free(), "TRAINING_PORT", free(), "MLFLOW_PORT", free());
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Docker docker;

    @BeforeAll
    static void start() {
        docker = Docker.with(
                environment(),
                List.of("postgres:18", image("mlflow"), image("ingest"), image("training"), image("serving")));
        docker.compose("up", "-d", "postgres", "mlflow", "ingest", "training", "serving");
    }

    @AfterAll
    static void stop() {
        if (docker != null) {
            docker.compose("down", "--volumes", "--timeout", "20");
        }
    }

    @Test
    @Order(1)
    void whatComesUpLearnsFromTheReplayAndAnswers() {
        within(PATIENCE, () -> assertThat(candles()).isGreaterThan(1000));
        assertThat(post("TRAINING_PORT", "/runs", "{\"id\":\"first\",\"interval\":\"5m\"}")
                        .statusCode())
                .isLessThan(300);
        within(PATIENCE, () -> assertThat(
                        get("TRAINING_PORT", "/runs/first").at("/state").asString())
                .isEqualTo("succeeded"));
        within(PATIENCE, () -> assertThat(predict().at("/model/name").asString())
                .isEqualTo("price-5m"));
        within(
                PATIENCE,
                () -> PARTS.forEach(part -> assertThat(health(part)).as(part).isEqualTo("healthy")));
    }

    @Test
    @Order(2)
    void nobodyRunsAsRootOrWritesOutsideOfItsVolume() {
        for (String part : List.of("mlflow", "ingest", "training", "serving")) {
            assertThat(inspect(part, "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}}"))
                    .as(part)
                    .isEqualTo("10001:10001 true");
        }
    }

    @Test
    @Order(2)
    void whoHasNoKeyLearnsNothingAndPrometheusMayRead() {
        assertThat(send("SERVING_PORT", HttpRequest.newBuilder(uri("SERVING_PORT", "/models")))
                        .statusCode())
                .isEqualTo(401);
        for (String port : List.of("SERVING_PORT", "INGEST_PORT", "TRAINING_PORT")) {
            assertThat(send(
                                    port,
                                    HttpRequest.newBuilder(uri(port, "/actuator/prometheus"))
                                            .header("Authorization", "Bearer " + PROMETHEUS))
                            .body())
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    @Order(2)
    void servingIsSmallAndHoldsNothingOfTraining() {
        assertThat(Long.parseLong(docker.docker("image", "inspect", "-f", "{{.Size}}", image("serving"))
                        .strip()))
                .isLessThan(400_000_000);
        assertThat(docker.compose("exec", "-T", "serving", "ls", "/app/lib"))
                .contains("onnxruntime")
                .doesNotContain("nd4j", "deeplearning4j", "javacpp");
    }

    /** As a node that dies takes them: without a word before. What stops by hand Docker does not start again, Kubernetes would. */
    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"serving", "ingest", "training", "mlflow", "postgres"})
    void partThatIsKilledGoesOnWhereItWas(String part) {
        long candles = candles();
        int version = predict().at("/model/version").asInt();
        if (part.equals("training") || part.equals("postgres")) {
            post("TRAINING_PORT", "/runs", "{\"id\":\"while-%s-dies\",\"interval\":\"5m\",\"seed\":2}".formatted(part));
        }

        docker.docker("kill", container(part));
        docker.docker("start", container(part));

        within(PATIENCE, () -> assertThat(health(part)).isEqualTo("healthy"));
        within(PATIENCE, () -> assertThat(predict().at("/model/version").asInt())
                .isGreaterThanOrEqualTo(version));
        within(PATIENCE, () -> assertThat(candles()).isGreaterThanOrEqualTo(candles));
    }

    @Test
    @Order(4)
    void trainingsThatWereKilledEndedOnceEach() {
        for (String run : List.of("while-training-dies", "while-postgres-dies")) {
            within(PATIENCE, () -> assertThat(
                            get("TRAINING_PORT", "/runs/" + run).at("/state").asString())
                    .isEqualTo("succeeded"));
        }
        within(PATIENCE, () -> {
            JsonNode model = get("SERVING_PORT", "/models/price-5m");
            assertThat(model.at("/versions").findValuesAsString("run_id"))
                    .containsExactlyInAnyOrder("first-naive", "first", "while-training-dies", "while-postgres-dies");
        });
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(PORTS);
        environment.putAll(Map.of(
                "COMPOSE_PROJECT_NAME", "mlpool-test",
                "MLPOOL_VERSION", VERSION,
                "POSTGRES_PASSWORD", "of-this-test",
                "GRAFANA_PASSWORD", "of-this-test",
                "MLPOOL_ADMIN_KEY", ADMIN,
                "MLPOOL_PROMETHEUS_KEY", PROMETHEUS,
                "MLPOOL_INGEST_COINGECKO_ENABLED", "false",
                "MLPOOL_INGEST_REPLAY_ENABLED", "true",
                "MLPOOL_TRAINING_LSTM_EPOCHS", "1"));
        return environment;
    }

    private static long candles() {
        JsonNode coverage = get("INGEST_PORT", "/coverage");
        return coverage.findValuesAsString("candles").stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static JsonNode predict() {
        return json(post("SERVING_PORT", "/predict", "{\"asset\":\"bitcoin\",\"interval\":\"5m\"}"));
    }

    private static JsonNode get(String port, String path) {
        return json(send(port, keyed(port, path)));
    }

    private static HttpResponse<String> post(String port, String path, String body) {
        return send(
                port,
                keyed(port, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder keyed(String port, String path) {
        return HttpRequest.newBuilder(uri(port, path)).header("X-API-Key", ADMIN);
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private static HttpResponse<String> send(String port, HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(port + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static URI uri(String port, String path) {
        return URI.create("http://127.0.0.1:" + PORTS.get(port) + path);
    }

    private static String health(String part) {
        return inspect(part, "{{.State.Health.Status}}");
    }

    private static String inspect(String part, String format) {
        return docker.docker("inspect", "-f", format, container(part)).strip();
    }

    private static String container(String part) {
        return docker.compose("ps", "-a", "-q", part).strip();
    }

    private static String image(String name) {
        return "mlpool/%s:%s".formatted(name, VERSION);
    }

    private static String free() {
        return Integer.toString(RealMlflow.freePort());
    }
}
