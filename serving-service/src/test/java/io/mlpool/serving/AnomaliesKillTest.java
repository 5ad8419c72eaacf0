package io.mlpool.serving;

import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica in a process of its own is killed while it writes what its detectors have learned. */
class AnomaliesKillTest {

    private static final int ASSETS = 5;
    private static final int HOURS = 400;
    /** So few that they are stored as points behind a checkpoint. */
    private static final int QUIET = 10;

    private static final int LATER = 60;
    private static final int SAVED_BEFORE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void nextScoresAreThoseOfAPoolThatWasNeverKilled() throws SQLException {
        TestDatabase killed = pool();
        TestDatabase whole = pool();
        killInTheMiddle(killed);
        assertThat(detectors(killed)).as("some had learned, some had not").isBetween(1, ASSETS - 1);

        List.of(killed, whole).forEach(database -> extend(database, HOURS, QUIET));
        goOn(killed, HOURS + QUIET);
        List.of(killed, whole).forEach(AnomaliesKillTest::letAStormCome);
        List.of(killed, whole).forEach(database -> goOn(database, HOURS + QUIET + LATER));

        assertThat(anomaliesOfTheStorm(killed))
                .hasSizeGreaterThanOrEqualTo(ASSETS)
                .isEqualTo(anomaliesOfTheStorm(whole));
    }

    private TestDatabase pool() {
        TestDatabase database = TestDatabase.create();
        TestMarket market = new TestMarket(database);
        for (int i = 0; i < ASSETS; i++) {
            market.add("coin" + i, "c" + i, HOURS);
        }
        return database;
    }

    private void killInTheMiddle(TestDatabase database) throws SQLException {
        FolderRegistry registry = new FolderRegistry(folder.resolve("registry"));
        registry.register(ConstantModel.bundle(folder.resolve("bundle"), "run-1"), Map.of());
        registry.assign("price-1h", Alias.CHAMPION, 1);
        try (Connection gate = database.dataSource().getConnection();
                Statement statement = gate.createStatement()) {
            closeGate(statement);
            try (ServingProcess process =
                    ServingProcess.start(database, folder, "mlpool.anomalies.poll-interval=100ms")) {
                within(PATIENCE, () -> assertThat(waitingAtTheGate(database))
                        .as(process.log())
                        .isPositive());
            }
            statement.execute("SELECT pg_advisory_unlock(7); DROP TRIGGER gate ON stream_detector");
        }
    }

    /** What is saved behind the third time waits while this connection holds the lock. */
    private static void closeGate(Statement statement) throws SQLException {
        statement.execute("""
                CREATE SEQUENCE saves;
                CREATE FUNCTION wait_at_the_gate() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF nextval('saves') > %d THEN PERFORM pg_advisory_xact_lock_shared(7); END IF;
                  RETURN NEW;
                END $$;
                CREATE TRIGGER gate BEFORE INSERT OR UPDATE ON stream_detector
                  FOR EACH ROW EXECUTE FUNCTION wait_at_the_gate();
                SELECT pg_advisory_lock(7)
                """.formatted(SAVED_BEFORE));
    }

    private static int waitingAtTheGate(TestDatabase database) {
        return database.jdbc()
                .sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7 AND NOT granted")
                .query(Integer.class)
                .single();
    }

    private static int detectors(TestDatabase database) {
        return database.jdbc()
                .sql("SELECT count(*) FROM stream_detector")
                .query(Integer.class)
                .single();
    }

    private static void extend(TestDatabase database, int from, int hours) {
        TestMarket market = new TestMarket(database);
        for (int i = 0; i < ASSETS; i++) {
            market.extend("coin" + i, TestMarket.START.plus(Duration.ofHours(from)), hours, 0);
        }
    }

    private static void letAStormCome(TestDatabase database) {
        Instant from = TestMarket.START.plus(Duration.ofHours(HOURS + QUIET));
        extend(database, HOURS + QUIET, LATER);
        database.jdbc().sql("""
                UPDATE candle SET open = open * 3, high = high * 3, low = low * 3, close = close * 3
                WHERE open_time >= :from AND extract(hour FROM open_time AT TIME ZONE 'UTC') BETWEEN 3 AND 5
                """).param("from", from.atOffset(ZoneOffset.UTC)).update();
    }

    private void goOn(TestDatabase database, int hours) {
        Instant end = TestMarket.START.plus(Duration.ofHours(hours));
        try (ServingServer server = ServingServer.start(
                database,
                folder,
                new SettableClock(end.plusSeconds(60)),
                "mlpool.anomalies.poll-interval=100ms",
                "db-scheduler.heartbeat-interval=200ms",
                "db-scheduler.missed-heartbeats-limit=4",
                "db-scheduler.polling-interval=100ms")) {
            within(PATIENCE, () -> assertThat(upToDate(database, end)).isEqualTo(ASSETS));
            assertThat(server.get("/anomalies").statusCode()).isEqualTo(200);
        }
    }

    private static int upToDate(TestDatabase database, Instant end) {
        return database.jdbc()
                .sql("SELECT count(*) FROM stream_detector WHERE scored_to = :end")
                .param("end", end.atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    private static List<Map<String, @Nullable Object>> anomaliesOfTheStorm(TestDatabase database) {
        return database.jdbc()
                .sql("""
                SELECT asset, at, grade, score, threshold, dimension, observed, expected, attribution::text FROM anomaly
                WHERE at > :from ORDER BY at, asset
                """)
                .param("from", TestMarket.START.plus(Duration.ofHours(HOURS)).atOffset(ZoneOffset.UTC))
                .query()
                .listOfRows();
    }
}
