package io.mlpool.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.RealMlflow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pool of {@code docker/compose.yaml} under a name of its own and on free ports; recorded trades are its data. */
final class PoolInContainers {

    static final List<String> PARTS = List.of("postgres", "mlflow", "ingest", "training", "serving");
    static final String PROMETHEUS = "mlp_ba9876543210_" + "b2".repeat(32);
    static final String PASSWORD = "of-this-test";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String VERSION = System.getProperty("images.version");
    private static final String ADMIN = "mlp_0123456789ab_" + "a1".repeat(32);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String name;
    private final Map<String, String> ports =
            Map.of("SERVING_PORT", free(), "INGEST_PORT", free(), "TRAINING_PORT", free(), "MLFLOW_PORT", free());
    private final Docker docker;

    /** Nothing is started yet. Without an engine that has the images the test is skipped. */
    PoolInContainers(String name, Map<String, String> more, Path... overrides) {
        this.name = name;
        Map<String, String> environment = new HashMap<>(ports);
        environment.putAll(settings());
        environment.put("COMPOSE_PROJECT_NAME", name);
        environment.put(
                "COMPOSE_FILE",
                Stream.concat(Stream.of(Docker.project().resolve("docker/compose.yaml")), Arrays.stream(overrides))
                        .map(Path::toString)
                        .collect(Collectors.joining(":")));
        environment.putAll(more);
        docker = Docker.with(
                environment,
                List.of("postgres:18", image("mlflow"), image("ingest"), image("training"), image("serving")));
    }

    private static Map<String, String> settings() {
        return Map.of(
                "MLPOOL_VERSION", VERSION,
                "POSTGRES_PASSWORD", PASSWORD,
                "GRAFANA_PASSWORD", PASSWORD,
                "MLPOOL_ADMIN_KEY", ADMIN,
                "MLPOOL_PROMETHEUS_KEY", PROMETHEUS,
                "MLPOOL_INGEST_COINGECKO_ENABLED", "false",
                "MLPOOL_INGEST_DEFILLAMA_ENABLED", "false",
                "MLPOOL_INGEST_REPLAY_ENABLED", "true",
                "MLPOOL_TRAINING_LSTM_EPOCHS", "1");
    }

    String name() {
        return name;
    }

    Docker docker() {
        return docker;
    }

    void start(String... parts) {
        compose("up", parts, "-d");
    }

    void stop(String... parts) {
        compose("stop", parts, "--timeout", "60");
    }

    private void compose(String command, String[] parts, String... options) {
        docker.compose(
                Stream.of(Stream.of(command), Stream.of(options), parts.length == 0 ? PARTS.stream() : Stream.of(parts))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    /** With all that it kept. */
    void destroy() {
        docker.compose("down", "--volumes", "--timeout", "20");
    }

    long candles() {
        return get("INGEST_PORT", "/coverage").findValuesAsString("candles").stream()
                .mapToLong(Long::parseLong)
                .sum();
    }

    String runState(String run) {
        return get("TRAINING_PORT", "/runs/" + run).at("/state").asString();
    }

    JsonNode predict() {
        return json(post("SERVING_PORT", "/predict", "{\"asset\":\"bitcoin\",\"interval\":\"5m\"}"));
    }

    JsonNode get(String port, String path) {
        return json(send(port, keyed(port, path)));
    }

    HttpResponse<String> post(String port, String path, String body) {
        return send(
                port,
                keyed(port, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder keyed(String port, String path) {
        return request(port, path).header("X-API-Key", ADMIN);
    }

    /** Without a key. */
    HttpRequest.Builder request(String port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(port) + path));
    }

    HttpResponse<String> send(String port, HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(port + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    String health(String part) {
        return inspect(part, "{{.State.Health.Status}}");
    }

    String inspect(String part, String format) {
        return docker.docker("inspect", "-f", format, container(part)).strip();
    }

    String container(String part) {
        return docker.compose("ps", "-a", "-q", part).strip();
    }

    static String image(String name) {
        return "mlpool/%s:%s".formatted(name, VERSION);
    }

    private static String free() {
        return Integer.toString(RealMlflow.freePort());
    }
}
