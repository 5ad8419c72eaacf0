package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** The main job as a newcomer meets it: an empty folder, no network, and at the end an honest forecast. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndTest {

    @TempDir
    static Path folder;

    private static long candles;

    @Test
    @Order(1)
    void theFirstStartGetsDataTrainsAndAnswers() {
        String said = start(pool -> {
            JsonNode answer = predict(pool, Map.of("asset", "bitcoin"));
            assertThat(answer.path("as_of").asString()).startsWith("2013-11-");
            assertThat(answer.path("last_price").asDouble()).isBetween(700.0, 1300.0);
            assertThat(answer.path("quantiles").propertyNames()).hasSize(7);
            assertThat(answer.path("trusted").asBoolean()).isFalse();
            assertThat(answer.path("reasons").toString()).contains("stale data");
            candles = pool.candles().most().orElseThrow().candles();
        });
        assertThat(said)
                .contains("replayed: real trades of Bitstamp")
                .contains("Training succeeded")
                .contains("POST /predict")
                .contains("curl -s http://localhost:")
                .contains("models                      price-5m (");
        FolderRegistry registry = new FolderRegistry(home().registry());
        assertThat(registry.versions("price-5m")).hasSize(2);
        assertThat(registry.find("price-5m", Alias.CHAMPION)).isPresent();
        assertThat(Commands.execute(
                                "signing", "verify", "--home", home().folder().toString())
                        .out())
                .contains("version 1 of price-5m: whole, signed by ", "version 2 of price-5m: whole, signed by ");
    }

    @Test
    @Order(2)
    void theSecondStartKeepsEverythingAndTrainsNothing() {
        String said = start(pool -> {
            assertThat(pool.candles().most().orElseThrow().candles()).isGreaterThanOrEqualTo(candles);
            assertThat(predict(pool, Map.of("asset", "bitcoin"))
                            .path("model")
                            .path("name")
                            .asString())
                    .isEqualTo("price-5m");
        });
        assertThat(said).doesNotContain("Training price-5m");
    }

    @Test
    @Order(3)
    void theLogNamesNoServiceForAllAndHasNoWarningAboutOurSettings() throws IOException {
        assertThat(home().log())
                .content()
                .contains("o.s.boot.tomcat.TomcatWebServer")
                .doesNotContain("[ingest-service]", "SpringDocAppInitializer", "Failure in @ExceptionHandler");
    }

    @Test
    @Order(4)
    void reportAndTrainTakeTheIntervalThatThePoolHas() {
        start(pool -> {
            assertThat(HeldCandles.mostOf(new PoolClient(), pool.ports().ingestUrl())
                            .map(HeldCandles.Count::interval))
                    .hasValue("5m")
                    .isEqualTo(pool.candles().most().map(HeldCandles.Count::interval));
            assertThat(Mlpool.commandLine()
                            .execute("report", "--home", home().folder().toString()))
                    .isZero();
        });
    }

    @Test
    @Order(5)
    void whatARunLearnedFromIsTakenOutWithoutARunningPool() throws IOException {
        String version = new FolderRegistry(home().registry())
                .versions("price-5m")
                .getLast()
                .tags()
                .get("data_version");
        Path file = folder.resolve("candles.csv");

        assertThat(export("--dataset", String.valueOf(version), "--file", file.toString())
                        .out())
                .contains("candles of data set " + version);
        assertThat(Files.readAllLines(file))
                .hasSizeGreaterThan(1000)
                .first()
                .isEqualTo("asset,open_time,close,turnover,range");
        assertThat(export("--dataset", "0".repeat(64), "--file", file.toString())
                        .err())
                .contains("no run learned from a data set");
        assertThat(export("--file", file.toString()).err()).contains("--view", "--dataset");
    }

    private static Commands.Result export(String... options) {
        List<String> words =
                new ArrayList<>(List.of("export", "--home", home().folder().toString()));
        words.addAll(List.of(options));
        return Commands.execute(words.toArray(String[]::new));
    }

    @Test
    @Order(6)
    void aHomeBelongsToOnePoolAtATime() {
        try (Pool pool = Pool.open(home(), Ports.free())) {
            assertThat(pool.databaseVersion()).startsWith("18");
            assertThatThrownBy(() -> Pool.open(home(), Ports.free()))
                    .isInstanceOf(MlpoolException.class)
                    .hasMessageContaining("another ML Pool runs in")
                    .hasMessageContaining("--home");
        }
    }

    @Test
    @Order(7)
    void whatCannotBeAnsweredIsSaidInWords() {
        start(pool -> {
            assertThatThrownBy(() -> predict(pool, Map.of("asset", "atlantis-coin")))
                    .isInstanceOf(PoolClient.Refusal.class)
                    .hasMessageContaining("atlantis-coin")
                    .hasMessageContaining("bitcoin");
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            Path file = folder.resolve("prices.csv");
            write(file, "1704067200,1,1,1,1,1\n");
            new Uploads(new PoolClient(), pool.ports().ingestUrl(), new PrintStream(said, true, StandardCharsets.UTF_8))
                    .send(List.of(file), Map.of());
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .contains("refused: neither")
                    .containsOnlyOnce("prices.csv");
        });
    }

    @Test
    @Order(8)
    void aPoolThatAsksForKeysIsUsedByTheSameCommands() {
        System.setProperty("mlpool.security.mode", "api-key");
        try {
            String said = start(pool -> {
                assertThatThrownBy(() -> predict(pool, Map.of("asset", "bitcoin")))
                        .isInstanceOf(PoolClient.Refusal.class)
                        .hasMessageContaining("a key is needed");
                String home = pool.home().folder().toString();
                assertThat(Commands.execute("predict", "bitcoin", "--home", home)
                                .code())
                        .isZero();
                assertThat(Commands.execute("report", "--home", home).code()).isZero();
                ByteArrayOutputStream uploaded = new ByteArrayOutputStream();
                new Uploads(
                                pool.home().client(),
                                pool.ports().ingestUrl(),
                                new PrintStream(uploaded, true, StandardCharsets.UTF_8))
                        .send(List.of(folder.resolve("prices.csv")), Map.of());
                assertThat(uploaded.toString(StandardCharsets.UTF_8)).contains("refused: neither");
            });
            assertThat(said).contains("\"last_price\"", "-H \"X-API-Key: $(cat '", "./mlpool keys create NAME");
        } finally {
            System.clearProperty("mlpool.security.mode");
        }
    }

    @Test
    @Order(9)
    void whatAnEarlierStartLeftUnsignedIsSignedOnceAndTheLogSaysSo() throws IOException {
        FileSystemUtils.deleteRecursively(home().signing().trusted().getParent());
        for (int version = 1; version <= 2; version++) {
            Files.delete(home().registry().resolve("price-5m/versions/%d/bundle/SIGNATURE".formatted(version)));
        }

        start(pool -> assertThat(predict(pool, Map.of("asset", "bitcoin")).has("last_price"))
                .isTrue());

        assertThat(home().log())
                .content()
                .contains("what is from before there was one: version 1 of price-5m, version 2 of price-5m")
                .contains("Models are verified by the trusted keys");
    }

    /** The last, for what it breaks stays broken. */
    @Test
    @Order(10)
    void aChampionWhoseFilesWereChangedIsNamedAtOnceAndThePoolGoesOn() throws IOException {
        int champion = new FolderRegistry(home().registry())
                .find("price-5m", Alias.CHAMPION)
                .orElseThrow()
                .version();
        Files.writeString(
                home().registry().resolve("price-5m/versions/%d/bundle/bundle.json".formatted(champion)),
                " ",
                StandardOpenOption.APPEND);

        String said = start(pool -> assertThat(new PoolClient()
                        .get(pool.ports().servingUrl() + "/models")
                        .has("models"))
                .isTrue());

        assertThat(said)
                .containsPattern("Forecast +none yet +\\([0-9]\\.")
                .contains("version %d of price-5m was rejected: ".formatted(champion), "bundle.json was changed")
                .contains("promote another of the versions in GET http://localhost:", "The pool runs.");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String start(java.util.function.Consumer<Pool> then) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        try (Pool pool = Pool.open(home(), Ports.free())) {
            new FirstSteps(pool, new Steps(out)).take(List.of(), true);
            then.accept(pool);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode predict(Pool pool, Map<String, Object> request) {
        return new PoolClient().post(pool.ports().servingUrl() + "/predict", request);
    }

    private static PoolHome home() {
        return new PoolHome(folder.resolve("pool"));
    }
}
