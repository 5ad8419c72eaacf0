package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
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
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A replica in a process of its own is killed in the middle of a job. */
class BatchJobKillTest {

    private static final int ASSETS = 10;
    private static final int DONE_BEFORE = 6;

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Instant close;

    @BeforeEach
    void makeAMarketAndAModel() {
        TestMarket market = new TestMarket(database);
        close = market.add("bitcoin", "btc", 400);
        IntStream.range(1, ASSETS).forEach(i -> market.add("coin" + i, "c" + i, 3));
        FolderRegistry registry = new FolderRegistry(folder.resolve("registry"));
        registry.register(ConstantModel.bundle(folder.resolve("bundle"), "run-1"), Map.of());
        registry.assign("price-1h", Alias.CHAMPION, 1);
    }

    @Test
    void anotherReplicaGoesOnBehindTheLastChunkThatWasCommitted() throws SQLException {
        try (Connection gate = database.dataSource().getConnection();
                Statement statement = gate.createStatement()) {
            closeGate(statement);
            String job;
            try (ServingProcess first = ServingProcess.start(database, folder, "mlpool.jobs.chunk-size=1")) {
                job = first.startJob("{\"assets\": [\"*\"]}");
                eventually(() -> assertThat(chunks()).isEqualTo(DONE_BEFORE));
            }
            statement.execute("SELECT pg_advisory_unlock(1)");
            resume(job);
        }
    }

    private void resume(String job) {
        try (ServingServer second = ServingServer.start(
                database,
                folder,
                new SettableClock(close),
                "mlpool.jobs.chunk-size=3",
                "db-scheduler.heartbeat-interval=200ms",
                "db-scheduler.missed-heartbeats-limit=4",
                "db-scheduler.polling-interval=100ms")) {
            within(
                    Duration.ofSeconds(40),
                    () -> assertThat(second.get("/batch-jobs/" + job).body()).contains("\"succeeded\""));

            List<JsonNode> lines = second.get("/batch-jobs/%s/result".formatted(job))
                    .body()
                    .lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
            assertThat(lines)
                    .extracting(line -> line.get("item").asInt())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 3 * ASSETS).boxed().toList());
            assertThat(chunks())
                    .as("six of one asset, then one of three and one of one")
                    .isEqualTo(DONE_BEFORE + 2);
        }
    }

    /** No chunk behind the sixth is written while this connection holds the lock. */
    private static void closeGate(Statement statement) throws SQLException {
        statement.execute("""
                CREATE FUNCTION wait_at_the_gate() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF NEW.number >= %d THEN PERFORM pg_advisory_xact_lock_shared(1); END IF;
                  RETURN NEW;
                END $$;
                CREATE TRIGGER gate BEFORE INSERT ON batch_job_chunk FOR EACH ROW EXECUTE FUNCTION wait_at_the_gate();
                SELECT pg_advisory_lock(1)
                """.formatted(DONE_BEFORE));
    }

    private int chunks() {
        return database.jdbc()
                .sql("SELECT count(*) FROM batch_job_chunk")
                .query(Integer.class)
                .single();
    }
}
