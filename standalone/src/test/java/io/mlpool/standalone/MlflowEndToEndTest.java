package io.mlpool.standalone;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.local.PythonEnvironment;
import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.Alias;
import io.mlpool.registry.MlflowRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.RealBrowser;
import io.mlpool.testing.RealMlflow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole pool with a real MLflow: what a team meets that has its experiments and models there. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MlflowEndToEndTest {

    private static final String MODEL = "price-5m";
    private static final int NAIVE = 1;
    private static final int NETWORK = 2;
    private static final Offset<Float> CLOSE = within(1e-5f);

    @TempDir
    static Path folder;

    private static final PoolClient CLIENT = new PoolClient();
    private static final ByteArrayOutputStream SAID = new ByteArrayOutputStream();
    private static int port;
    private static Pool pool;
    private static URI mlflow;

    @BeforeAll
    static void firstStart() {
        PythonEnvironment python = RealMlflow.environment();
        port = RealMlflow.freePort();
        pool = Pool.open(new PoolHome(folder.resolve("pool")), Ports.free());
        mlflow = pool.startMlflow(python, port);
        new FirstSteps(pool, new Steps(new PrintStream(SAID, true, StandardCharsets.UTF_8))).take(List.of(), true);
    }

    @AfterAll
    static void mlflowEndsWithThePool() {
        if (pool == null) {
            return;
        }
        pool.close();
        assertThat(pool.home().mlflow().resolve("mlflow.db")).exists();
        assertThatCode(() -> Ports.requireFree(port, "none")).doesNotThrowAnyException();
    }

    @Test
    @Order(1)
    void theFirstStartRegistersItsModelsThereAndSaysWhereTheyAre() {
        assertThat(SAID.toString(StandardCharsets.UTF_8))
                .contains("experiments and models      " + mlflow + "/#/experiments?")
                .contains("In MLflow: " + runPage());
        assertThat(printed("report", "--home", pool.home().folder().toString()))
                .endsWith("%n%nIn MLflow: %s%n".formatted(runPage()));
        assertThat(registry().versions(MODEL))
                .extracting(version -> version.tags().get("algorithm"))
                .containsExactly("naive", "lstm");
        assertThat(registry().find(MODEL, Alias.CHAMPION)).isPresent();
    }

    @Test
    @Order(1)
    void whatIsRegisteredThereIsSignedAndTheCommandLooksThere() {
        Commands.Result verified = Commands.execute(
                "signing", "verify", "--home", pool.home().folder().toString());

        assertThat(verified.code()).isZero();
        assertThat(verified.out())
                .contains("MLflow at %s: 2 versions, 0 refused".formatted(mlflow))
                .contains("version 2 of price-5m: whole, signed by ");
    }

    @Test
    @Order(2)
    void aPromotionIsServedAtOnceARollbackTooAndOnlyTheAliasMoves() {
        List<ModelVersion> before = registry().versions(MODEL);

        promote(NETWORK);
        eventually(() -> assertThat(servedBy(pool.ports().servingUrl())).isEqualTo(NETWORK));
        promote(NAIVE);
        eventually(() -> assertThat(servedBy(pool.ports().servingUrl())).isEqualTo(NAIVE));
        promote(NETWORK);
        eventually(() -> assertThat(servedBy(pool.ports().servingUrl())).isEqualTo(NETWORK));

        assertThat(registry().versions(MODEL)).isEqualTo(before);
    }

    @Test
    @Order(3)
    void pythonGetsTheAnswersOfOurForecaster() {
        Windows windows = windows();
        JsonNode answers = new PythonScript("ask_models.py")
                .ask(
                        mlflow,
                        folder.resolve("ask_models.log"),
                        "models:/" + MODEL + "@champion",
                        windows.write(folder.resolve("windows.json")).toString(),
                        folder.resolve("downloaded").toString());

        assertThat(Windows.floats(answers.path("onnx"))).containsExactly(windows.answers(), CLOSE);
        assertThat(Windows.floats(answers.path("pyfunc"))).containsExactly(windows.answers(), CLOSE);
        float[] golden = champion().golden().forecast();
        assertThat(Windows.floats(answers.path("onnx").path(0))).containsExactly(golden, CLOSE);
        assertThat(answers.path("files").valueStream().map(JsonNode::asString))
                .containsAll(champion().bundle().files());
    }

    @Test
    @Order(4)
    void pythonsClientSeesTheRunItsDataItsFoldsAndTheDecision() {
        JsonNode seen = new PythonScript("read_registry.py").ask(mlflow, folder.resolve("read_registry.log"), MODEL);

        assertThat(seen.path("aliases").path("champion").asInt()).isEqualTo(NETWORK);
        JsonNode version = seen.path("version");
        assertThat(version.path("status").asString()).isEqualTo("READY");
        assertThat(version.path("description").asString())
                .isNotBlank()
                .isEqualTo(version.path("tags").path("decision").asString());
        assertThat(version.path("tags").propertyNames())
                .contains("bundle_digest", "data_version", "algorithm", "p_against_naive", "mlpool.run_id");
        JsonNode run = seen.path("run");
        assertThat(run.path("name").asString()).startsWith("lstm 20");
        assertThat(List.copyOf(run.path("params").propertyNames())).isSorted();
        assertThat(run.path("params").path("spec.assets").asString()).isEqualTo("all");
        assertThat(run.path("metrics").propertyNames()).contains("wql_1h", "naive_wql_1h", "gate_p_against_naive");
        assertThat(run.path("curve")).hasSizeGreaterThan(1);
        assertThat(run.path("tags").path("mlflow.note.content").asString()).contains("| horizon | 5m | 15m | 1h |");
        assertThat(run.path("datasets").path(0).path("name").asString()).isEqualTo("candles-5m");
        assertThat(version.path("tags").path("data_version").asString())
                .startsWith(run.path("datasets").path(0).path("digest").asString());
        assertThat(run.path("report").valueStream().map(JsonNode::asString)).contains("report/report.html");
        assertThat(seen.path("children").valueStream().map(JsonNode::asString)).contains("fold-1");
    }

    @Test
    @Order(5)
    void mlflowsOwnServerOfModelsServesTheSameNumbers() {
        Windows windows = windows();
        List<ProcessHandle> processes;
        try (ScoringServer server =
                ScoringServer.start(mlflow, "models:/" + MODEL + "@champion", folder.resolve("serve.log"))) {
            processes = server.processes();
            JsonNode answer = server.invoke(Map.of("inputs", Map.of("window", windows.nested())));
            assertThat(Windows.floats(answer.path("predictions").path("quantiles")))
                    .containsExactly(windows.answers(), CLOSE);
        }
        assertThat(processes).hasSizeGreaterThan(0).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Order(6)
    void itsPagesShowTheRunsTheirCurvesAndTheReport() {
        try (RealBrowser browser = RealBrowser.start()) {
            MlflowPages pages = new MlflowPages(browser, runPage());
            pages.assertRunsAndFoldsAreListed();
            pages.assertRunIsDescribed();
            pages.assertCurvesAreDrawn();
            pages.assertPlotsAreShown();
            pages.assertReportIsShown();
        }
    }

    @Test
    @Order(7)
    void twoTrainersRegisterEachRunOnceAndThreeServersFollowTheChampion() {
        try (Replica trainer = Replica.ofTraining(pool, pool.home().models());
                Replica second = Replica.ofServing(pool, folder.resolve("second"));
                Replica third = Replica.ofServing(pool, folder.resolve("third"))) {
            List<String> runs = List.of("naive-a", "naive-b", "naive-c");
            List<String> trainers = List.of(pool.ports().trainingUrl(), trainer.url());
            runs.forEach(run -> trainers.forEach(
                    url -> CLIENT.post(url + "/runs", Map.of("id", run, "interval", "5m", "algorithm", "naive"))));
            runs.forEach(run -> eventually(() ->
                    assertThat(run(trainer.url(), run).path("state").asString()).isEqualTo("succeeded")));

            Map<String, Long> versions = registry().versions(MODEL).stream()
                    .collect(Collectors.groupingBy(ModelVersion::runId, Collectors.counting()));
            assertThat(versions)
                    .containsKeys(runs.toArray(String[]::new))
                    .values()
                    .containsOnly(1L);
            runs.forEach(run -> assertThat(mlflowRunsOf(run)).as(run).hasSize(1));

            List<String> servers = List.of(pool.ports().servingUrl(), second.url(), third.url());
            servers.forEach(server ->
                    eventually(() -> assertThat(servedBy(server)).as(server).isEqualTo(NETWORK)));
            int newest = registry().versions(MODEL).getLast().version();
            Instant promoted = Instant.now();
            promote(newest);
            eventually(() -> assertThat(servers).allMatch(server -> servedBy(server) == newest));
            assertThat(Duration.between(promoted, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static String printed(String... command) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream terminal = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(Mlpool.commandLine().execute(command)).isZero();
        } finally {
            System.setOut(terminal);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static MlflowRegistry registry() {
        return new MlflowRegistry(Mlflow.at(mlflow), folder.resolve("fetched"));
    }

    private static ForecastBundle champion() {
        return ForecastBundle.of(
                registry().fetch(registry().find(MODEL, Alias.CHAMPION).orElseThrow()));
    }

    private static Windows windows() {
        return Windows.of(champion(), 5);
    }

    private static void promote(int version) {
        CLIENT.post(
                "%s/models/%s/aliases/champion".formatted(pool.ports().servingUrl(), MODEL),
                Map.of("version", version));
    }

    private static int servedBy(String server) {
        return CLIENT.post(server + "/predict", Map.of("asset", "bitcoin", "interval", "5m"))
                .path("model")
                .path("version")
                .asInt();
    }

    private static JsonNode run(String trainer, String run) {
        return CLIENT.get(trainer + "/runs/" + run);
    }

    /** Of the first training. */
    private static String runPage() {
        String id = registry().find(MODEL, NETWORK).orElseThrow().runId();
        return run(pool.ports().trainingUrl(), id).path("tracking_url").asString();
    }

    private static List<JsonNode> mlflowRunsOf(String run) {
        Map<String, Object> search = Map.of(
                "experiment_ids",
                List.of(Mlflow.at(mlflow).experiments().id(MODEL)),
                "filter",
                "tags.`%s` = '%s'".formatted(MlflowRegistry.RUN_TAG, run));
        return CLIENT.post(mlflow + "/api/2.0/mlflow/runs/search", search)
                .path("runs")
                .valueStream()
                .toList();
    }
}
