package io.mlpool.containers;

import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A pool in containers is backed up, destroyed with all its volumes, and brought back: nothing is missing and it answers the same. */
class BackupContainersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String[] SERVICES = {"serving", "training", "ingest", "mlflow"};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"compose", "kubernetes"})
    void destroyedPoolComesBackRowByRowAndAnswersTheSame(String name) {
        BackupWay way = name.equals("compose") ? ComposeBackups.in(folder) : ClusterBackups.in(folder);
        try {
            way.prepare();
            learn(way.pool());
            System.out.println(way.backup());
            JsonNode forecast = forecastWithoutNewCandles(way.pool());
            way.pool().stop(SERVICES);
            List<String> rows = way.rows();
            List<String> models = files(way.pool(), "mlflow", way.models());
            List<String> payloads = files(way.pool(), "ingest", "archive");
            assertThat(rows).anyMatch(table -> table.matches("candle\\|[1-9]\\d{3}\\|.*"));
            assertThat(models).anyMatch(file -> file.endsWith("/model.onnx"));
            assertThat(payloads).isNotEmpty();
            System.out.println(way.backup());

            way.pool().destroy();
            System.out.println(way.restore());

            assertThat(way.rows()).isEqualTo(rows);
            assertThat(files(way.pool(), "mlflow", way.models())).isEqualTo(models);
            assertThat(files(way.pool(), "ingest", "archive")).isEqualTo(payloads);
            way.pool().start("mlflow", "serving");
            within(PATIENCE, () -> assertThat(way.pool().predict()).isEqualTo(forecast));
            way.pool().start();
            within(PATIENCE, () -> assertThat(way.pool().runState("first")).isEqualTo("succeeded"));
            train(way.pool(), "after", "naive");
        } finally {
            way.pool().destroy();
            way.clear();
        }
    }

    /** The network is made live by hand: one epoch convinces nobody. */
    private static void learn(PoolInContainers pool) {
        pool.start();
        within(PATIENCE, () -> assertThat(pool.candles()).isGreaterThan(1000));
        train(pool, "first", "lstm");
        pool.post("SERVING_PORT", "/models/price-5m/aliases/champion", "{\"version\":2}");
        within(PATIENCE, () -> assertThat(pool.predict().at("/model/version").asInt())
                .isEqualTo(2));
    }

    private static void train(PoolInContainers pool, String run, String algorithm) {
        within(PATIENCE, () -> assertThat(pool.post(
                                "TRAINING_PORT",
                                "/runs",
                                "{\"id\":\"%s\",\"interval\":\"5m\",\"algorithm\":\"%s\"}".formatted(run, algorithm))
                        .statusCode())
                .isLessThan(300));
        within(PATIENCE, () -> assertThat(pool.runState(run)).isEqualTo("succeeded"));
    }

    /** What is asked for twice is answered alike when nothing came in between. */
    private static JsonNode forecastWithoutNewCandles(PoolInContainers pool) {
        pool.stop("ingest", "training");
        within(PATIENCE, () -> assertThat(pool.predict()).isEqualTo(pool.predict()));
        return pool.predict();
    }

    private static List<String> files(PoolInContainers pool, String volume, String path) {
        return pool.docker()
                .docker(
                        "run",
                        "--rm",
                        "--volume=%s_%s:/volume:ro".formatted(pool.name(), volume),
                        "--entrypoint",
                        "bash",
                        "postgres:18",
                        "-c",
                        "cd /volume/%s && find . -type f ! -name '*.part' -exec sha256sum {} + | sort -k 2"
                                .formatted(path))
                .lines()
                .toList();
    }
}
