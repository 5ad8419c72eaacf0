package io.mlpool.training.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Seven versions that were made long ago, each by a run with a folder and a row. */
class KeepingTest {

    private static final int VERSIONS = 7;

    private final JdbcClient jdbc = TestDatabase.create().jdbc();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T12:00:00Z"));

    @TempDir
    private Path storage;

    @SuppressWarnings("NullAway.Init")
    private FolderRegistry registry;

    @BeforeEach
    void makeVersions() throws IOException {
        registry = new FolderRegistry(storage.resolve("registry"));
        for (int version = 1; version <= VERSIONS; version++) {
            registry.register(ConstantModel.bundle(storage.resolve("made" + version), "run-" + version), Map.of());
            run("run-" + version, "succeeded", "2024-06-01T00:00:00Z");
        }
        registry.assign("price-1h", Alias.CHAMPION, 6);
    }

    @Test
    void whatIsOldAndNotInUseGoesWithTheRunThatMadeIt() {
        assertThat(keeping(2).plan()).extracting(ModelVersion::version).containsExactly(1, 2, 3, 4, 5);

        keeping(2).run();
        keeping(2).run();

        assertThat(versions()).containsExactly(6, 7);
        assertThat(storage.resolve("runs/run-1")).doesNotExist();
        assertThat(storage.resolve("runs/run-6")).isDirectory();
        assertThat(runs()).containsExactly("run-6", "run-7");
        assertThat(jdbc.sql("SELECT count(*) FROM training_event")
                        .query(Integer.class)
                        .single())
                .as("with what happened in them")
                .isEqualTo(2);
    }

    @Test
    void aliasesExperimentsTheLastChampionAndOpenForecastsKeepTheirVersions() {
        registry.assign("price-1h", Alias.CHALLENGER, 1);
        experiment("running", "running", 2, 3);
        experiment("over", "stopped", 4, 5);
        jdbc.sql("INSERT INTO model_champion (model, version, since) VALUES ('price-1h', 4, now())")
                .update();
        forecast(5, "2026-03-01T00:00:00Z");

        keeping(1).run();

        assertThat(versions()).containsExactly(1, 2, 3, 4, 5, 6, 7);

        clock.advance(Duration.ofDays(2));
        keeping(1).run();
        assertThat(versions()).as("the forecast is over").containsExactly(1, 2, 3, 4, 6, 7);
    }

    @Test
    void youngVersionsStay() {
        clock.set(Instant.parse("2024-08-29T00:00:00Z"));
        keeping(1).run();

        assertThat(versions()).hasSize(VERSIONS);
    }

    @Test
    void whatAKilledLookLeftGoesWithTheNext() {
        new OldRuns(storage.resolve("runs"), jdbc).delete("run-1");

        keeping(6).run();

        assertThat(versions()).containsExactly(2, 3, 4, 5, 6, 7);
    }

    @Test
    void runsWithoutAVersionGoWhenTheyAreOldAndOver() throws IOException {
        run("old-failed", "failed", "2025-11-01T00:00:00Z");
        run("new-failed", "failed", "2026-02-01T00:00:00Z");
        run("old-running", "running", "2025-11-01T00:00:00Z");

        keeping(VERSIONS).run();

        assertThat(runs()).contains("new-failed", "old-running").doesNotContain("old-failed");
        assertThat(storage.resolve("runs/old-failed")).doesNotExist();
        assertThat(storage.resolve("runs/old-running")).isDirectory();
    }

    @Test
    void aNameThatLeadsElsewhereDeletesNothing() throws IOException {
        Files.createDirectories(storage.resolve("precious"));

        new OldRuns(storage.resolve("runs"), jdbc).delete("../precious");

        assertThat(storage.resolve("precious")).isDirectory();
    }

    private Keeping keeping(int newest) {
        KeepingProperties properties = new KeepingProperties(true, newest, Duration.ofDays(90), Duration.ofHours(1));
        OldRuns runs = new OldRuns(storage.resolve("runs"), jdbc);
        return new Keeping(registry, new VersionsInUse(registry, jdbc), runs, properties, clock);
    }

    private List<Integer> versions() {
        return registry.versions("price-1h").stream().map(ModelVersion::version).toList();
    }

    private List<String> runs() {
        return jdbc.sql("SELECT id FROM training_run ORDER BY id")
                .query(String.class)
                .list();
    }

    private void run(String id, String state, String finished) throws IOException {
        Files.createDirectories(storage.resolve("runs").resolve(id).resolve("report"));
        Files.writeString(storage.resolve("runs").resolve(id).resolve("params.json"), "{}");
        jdbc.sql("""
                INSERT INTO training_run (id, model, interval, algorithm, cause, state, request, created_at, finished_at)
                VALUES (:id, 'price-1h', '1h', 'lstm', 'request', :state, '{}', :at::timestamptz, :at::timestamptz)
                """)
                .param("id", id)
                .param("state", state)
                .param("at", finished)
                .update();
        jdbc.sql("INSERT INTO training_event (run_id, at, kind, content) VALUES (:id, now(), 'state', '{}')")
                .param("id", id)
                .update();
    }

    private void experiment(String id, String state, int control, int challenger) {
        jdbc.sql("""
                INSERT INTO experiment (id, model, interval, horizons, control, challenger, terms, salt, begun_at, begun_by, first_as_of,
                                        block_seconds, state)
                VALUES (:id, 'price-1h', '1h', '{1h}', :control, :challenger, '{}', '', now(), '', now(), 86400, :state)
                """)
                .param("id", id)
                .param("state", state)
                .param("control", control)
                .param("challenger", challenger)
                .update();
    }

    /** Of 24 hours ahead. */
    private void forecast(int version, String asOf) {
        jdbc.sql("""
                INSERT INTO forecast_measure (model, version, horizon, interval, seconds, levels) VALUES ('price-1h', :version, '24h', '1h', 86400, '{0.5}')
                """).param("version", version).update();
        jdbc.sql("""
                INSERT INTO forecast (id, model, version, variant, run_id, asset, vs_currency, interval, horizon, as_of, target_time, target_open,
                                      last_price, levels, prices, probability_up, doubts, created_at)
                SELECT gen_random_uuid(), 'price-1h', :version, 'champion', 'run', 'bitcoin', 'usd', '1h', '24h', t, t + interval '1 day',
                       t + interval '1 day', 50, '{0.5}', '{50}', 0.5, '{}', t FROM (SELECT :at::timestamptz AS t) one
                """).param("version", version).param("at", asOf).update();
    }
}
