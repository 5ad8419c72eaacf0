package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A universe of five thousand assets, most of which have too short a history for a forecast. */
class LargeBatchJobTest {

    private static final int ASSETS = 5000;
    private static final int HORIZONS = 3;
    private static final long MEGABYTE = 1 << 20;

    private static TestDatabase database;
    private static ServingServer server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        database = TestDatabase.create();
        Instant close = new TestMarket(database).add("bitcoin", "btc", 400);
        database.jdbc().sql("""
                WITH coins AS (
                  INSERT INTO asset (id, symbol, name) SELECT 'coin' || n, 'c' || n, 'Coin ' || n FROM generate_series(2, :assets) n
                  RETURNING id),
                listed AS (
                  INSERT INTO series (asset, vs_currency, interval) SELECT id, 'usd', '1h' FROM coins RETURNING id)
                SELECT count(*) FROM listed
                """).param("assets", ASSETS).query(rows -> {});
        database.jdbc().sql("""
                INSERT INTO candle (series_id, open_time, open, high, low, close, volume, volume_kind, flags, finished, source, ingested_at)
                SELECT s.id, c.open_time, 1, 1, 1, 1, 1, 1, 0, true, 'test', c.open_time
                FROM series s, (SELECT max(open_time) AS open_time FROM candle) c WHERE s.asset LIKE 'coin%'
                """).update();
        server = ServingServer.start(database, folder, new SettableClock(close));
        server.promote();
        eventually(() -> assertThat(server.get("/health").statusCode()).isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyAssetIsAnsweredAndReadersGetItWithoutTheServiceHoldingIt() throws IOException {
        String job = server.json(server.post("/batch-jobs", "{\"assets\": [\"*\"]}"))
                .get("id")
                .asString();

        within(Duration.ofMinutes(1), () -> assertThat(job(job).get("state").asString())
                .isEqualTo("succeeded"));

        assertThat(job(job).get("progress").toString())
                .isEqualTo("{\"total\":15000,\"done\":15000,\"failed\":%d}".formatted(HORIZONS * (ASSETS - 1)));
        makeItTenTimesAsLong(job);
        readsFlat("/batch-jobs/%s/result".formatted(job), 10 * ASSETS * HORIZONS);
        readsFlat("/batch-jobs/%s/result?format=csv".formatted(job), 10 * ASSETS * HORIZONS + 1);
    }

    private static JsonNode job(String id) {
        return server.json(server.get("/batch-jobs/" + id));
    }

    /** Further items with a kilobyte each, a hundred and fifty megabytes in all. */
    private static void makeItTenTimesAsLong(String job) {
        database.jdbc()
                .sql("""
                INSERT INTO batch_job_result (job_id, item, asset, horizon, status, detail)
                SELECT :job::uuid, n, 'more', '1h', 404, repeat(md5(n::text), 32)
                FROM generate_series(:first, :last - 1) n
                """)
                .param("job", job)
                .param("first", ASSETS * HORIZONS)
                .param("last", 10 * ASSETS * HORIZONS)
                .update();
    }

    /** What lives in this process, which is the service, is looked at every thirty thousand lines. */
    private static void readsFlat(String path, int expected) throws IOException {
        long allowed = living(0) + 60 * MEGABYTE;
        long most = 0;
        int lines = 0;
        URL url = server.uri(path).toURL();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(url.openStream(), StandardCharsets.UTF_8))) {
            while (reader.readLine() != null) {
                if (lines++ % 30_000 == 0) {
                    most = Math.max(most, living(allowed));
                }
            }
        }
        assertThat(lines).isEqualTo(expected);
        assertThat(most).as("sixty of a hundred and fifty megabytes").isLessThan(allowed);
    }

    /**
     * The least of up to three looks: the book is brought up to date meanwhile, and its candles are no part of the result. One is enough where it is little:
     * a reader that stands still for twenty seconds is not written to any more.
     */
    private static long living(long little) {
        long first = afterCollection();
        return first < little ? first : Math.min(first, Math.min(afterCollection(), afterCollection()));
    }

    private static long afterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
