package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.PostgresPrograms;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** The scripts that a cluster and {@code docker/backup} run, on a pool that has learned from real trades; {@code BackupContainersTest} has them in containers. */
@EnabledOnOs(OS.LINUX)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupTest {

    @TempDir
    static Path folder;

    private static BackupScripts scripts;
    private static JsonNode forecast;
    private static List<String> rows = List.of();
    private static SortedMap<String, String> files = Collections.emptySortedMap();

    @BeforeAll
    static void poolThatHasLearned() throws IOException {
        scripts = new BackupScripts(
                PostgresPrograms.require(), home().folder(), Files.createDirectory(folder.resolve("backups")));
        try (Pool pool = Pool.open(home(), Ports.free())) {
            new FirstSteps(pool, new Steps(new PrintStream(OutputStream.nullOutputStream()))).take(List.of(), true);
            new PoolClient()
                    .post(pool.ports().servingUrl() + "/models/price-5m/aliases/champion", Map.of("version", 2));
        }
        forecast = forecastIn(home());
        assertThat(forecast.at("/model/algorithm").asString()).isEqualTo("lstm");
    }

    @Test
    @Order(1)
    void backupIsAFolderWithBothAndItsDigests() {
        try (Pool pool = Pool.open(home(), Ports.free())) {
            rows = scripts.rows(pool);
            files = scripts.files();
            assertThat(rows).anyMatch(table -> table.matches("candle\\|[1-9]\\d{3}\\|.*"));
            assertThat(files.keySet())
                    .anyMatch(file -> file.endsWith("/model.onnx"))
                    .anyMatch(file -> file.startsWith("raw/"));

            assertThat(scripts.backup(pool))
                    .satisfies(run -> assertThat(run.code()).as(run.toString()).isZero());

            assertThat(scripts.backups()).singleElement().satisfies(backup -> {
                assertThat(backup).isDirectoryContaining("glob:**/postgres.dump");
                assertThat(backup.resolve("SHA256SUMS"))
                        .content()
                        .contains("postgres.dump", "models/registry/", "raw/");
            });
        }
    }

    @Test
    @Order(2)
    void whatHasNotChangedTakesNoRoomTwiceAndOldOnesGo() throws IOException {
        Path first = scripts.backups().getFirst();
        Path old = Files.createDirectory(first.resolveSibling("2025-01-01T02-30-00Z"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(16))));
        Files.createDirectory(first.resolveSibling("2025-01-01T02-30-00Z.part"));

        try (Pool pool = Pool.open(home(), Ports.free())) {
            assertThat(scripts.backup(pool))
                    .satisfies(run -> assertThat(run.code()).as(run.toString()).isZero());
        }

        assertThat(scripts.backups()).hasSize(2).startsWith(first);
        String model = "models/registry/price-5m/versions/2/bundle/model.onnx";
        assertThat(Files.isSameFile(
                        first.resolve(model), scripts.backups().getLast().resolve(model)))
                .isTrue();
    }

    @Test
    @Order(3)
    void copyOfAStoppedHomeIsThePool() throws Exception {
        PoolHome copy = new PoolHome(folder.resolve("copy"));
        assertThat(BackupScripts.run(
                                Map.of(),
                                "cp",
                                "-a",
                                home().folder().toString(),
                                copy.folder().toString())
                        .code())
                .isZero();

        assertThat(forecastIn(copy)).isEqualTo(forecast);
    }

    @Test
    @Order(4)
    void whatIsInUseIsNotReplaced() {
        try (Pool pool = Pool.open(home(), Ports.free())) {
            pool.startServing(Map.of());

            BackupScripts.Said said = scripts.restore(pool);

            assertThat(said.code()).isEqualTo(1);
            assertThat(said.text())
                    .contains("the database postgres is in use from 127.0.0.1: stop the services first")
                    .doesNotContain("is back");
        }
    }

    @Test
    @Order(5)
    void destroyedPoolComesBackRowByRowAndAnswersTheSame() throws IOException {
        FileSystemUtils.deleteRecursively(home().folder());

        try (Pool pool = Pool.open(home(), Ports.free())) {
            BackupScripts.Said said = scripts.restore(pool);

            assertThat(said.code()).as(said.text()).isZero();
            assertThat(scripts.rows(pool)).isEqualTo(rows);
            assertThat(scripts.files()).isEqualTo(files);
        }
        assertThat(forecastIn(home())).isEqualTo(forecast);
    }

    @Test
    @Order(6)
    void restoreMayBeRepeatedAndTakesBackWhatCameLater() throws IOException {
        Files.writeString(home().archive().resolve("later"), "of after the backup");
        try (Pool pool = Pool.open(home(), Ports.free())) {
            assertThat(scripts.backup(pool))
                    .satisfies(run -> assertThat(run.code()).as(run.toString()).isZero());
            BackupScripts.Said said = scripts.restore(
                    pool, scripts.backups().getFirst().getFileName().toString());

            assertThat(said.code()).as(said.text()).isZero();
            assertThat(scripts.rows(pool)).isEqualTo(rows);
            assertThat(scripts.files()).isEqualTo(files);
        }
    }

    @Test
    @Order(7)
    void restoresOfTwoPartsOfAPoolDoNotKeepEachOtherOut() throws Exception {
        try (Pool pool = Pool.open(home(), Ports.free())) {
            Properties other = new Properties();
            other.put("user", "postgres");
            other.put("ApplicationName", "mlpool restore");
            try (Connection restoring = DriverManager.getConnection(pool.databaseUrl(), other)) {
                assertThat(restoring.isValid(1)).isTrue();

                BackupScripts.Said said = scripts.restore(
                        pool, scripts.backups().getFirst().getFileName().toString());

                assertThat(said.code()).as(said.text()).isZero();
            }
        }
    }

    @Test
    @Order(8)
    void backupThatWasChangedBringsNothingBack() throws IOException {
        Path dump = scripts.backups().getLast().resolve("postgres.dump");
        Files.writeString(dump, " ", StandardOpenOption.APPEND);
        try (Pool pool = Pool.open(home(), Ports.free())) {
            BackupScripts.Said said = scripts.restore(pool);

            assertThat(said.code()).isEqualTo(1);
            assertThat(said.text()).contains("postgres.dump: FAILED", "nothing was brought back");
            assertThat(scripts.rows(pool)).isEqualTo(rows);
        }
    }

    /** By serving alone: nothing comes in meanwhile. */
    private static JsonNode forecastIn(PoolHome home) {
        try (Pool pool = Pool.open(home, Ports.free())) {
            pool.startServing(Map.of());
            return new FirstForecast(new PoolClient(), pool.ports().servingUrl(), "price-5m")
                    .await(Map.of("asset", "bitcoin", "interval", "5m"))
                    .answer()
                    .orElseThrow();
        }
    }

    private static PoolHome home() {
        return new PoolHome(folder.resolve("pool"));
    }
}
