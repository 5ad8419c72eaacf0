package io.mlpool.standalone.bench;

import io.mlpool.market.Interval;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Candles per second from a file to committed, cleaned and with the longer candles derived, against a bare COPY of the rows. */
final class ImportBenchmark implements Benchmark {

    private static final int ROWS = 500_000;
    private static final int PAIRS = 3;

    private final PoolUnderTest pool;
    private final Printout out;
    private final Instant firstOpen;
    private int imported;

    ImportBenchmark(PoolUnderTest pool, Printout out, Instant now) {
        this.pool = pool;
        this.out = out;
        this.firstOpen =
                Interval.ONE_DAY.floor(now.minus(Interval.ONE_MINUTE.duration().multipliedBy(ROWS + 2_000L)));
    }

    @Override
    public void run() {
        out.title("import: POST /uploads of %,d one-minute candles as CSV".formatted(ROWS));
        Path copyFile = copyFile();
        compare("COPY of the same rows, with primary key", true, copyFile);
        compare("COPY of the same rows, no index", false, copyFile);
        new ImportMemory(pool, out, firstOpen).run();
    }

    private void compare(String yardstick, boolean keyed, Path copyFile) {
        Paired speed = Paired.alternately(PAIRS, this::importSpeed, () -> copySpeed(copyFile, keyed));
        out.line(
                "%,.0f candles/s, %s %,.0f rows/s: %s%s",
                speed.measured(),
                yardstick,
                speed.yardstick(),
                Printout.ratio(speed),
                keyed ? ", aim 0.50 or more" : "");
    }

    /** Always another asset; in a currency that serving and training do not look at. */
    private double importSpeed() {
        int number = imported++;
        Path file = Walk.file(pool.scratch().resolve("walk.csv"), number, Interval.ONE_MINUTE, firstOpen, ROWS);
        Map<String, String> parameters =
                Map.of("asset", "import-" + number, "vs_currency", "eur", "interval", Interval.ONE_MINUTE.label());
        return ROWS / Stopwatch.seconds(() -> pool.upload(file, parameters, ROWS));
    }

    private double copySpeed(Path file, boolean keyed) {
        JdbcClient jdbc = pool.jdbc();
        jdbc.sql("DROP TABLE IF EXISTS copied").update();
        jdbc.sql("CREATE TABLE copied (LIKE candle)").update();
        if (keyed) {
            jdbc.sql("ALTER TABLE copied ADD PRIMARY KEY (series_id, open_time)")
                    .update();
        }
        double speed = ROWS / Stopwatch.seconds(() -> copy(file));
        jdbc.sql("DROP TABLE copied").update();
        return speed;
    }

    private void copy(Path file) {
        try (Connection connection = pool.dataSource().getConnection();
                Reader rows = Files.newBufferedReader(file)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY copied FROM STDIN (FORMAT csv)", rows);
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("the yardstick of import failed: COPY of " + file, e);
        }
    }

    private Path copyFile() {
        Path file = pool.scratch().resolve("copy.csv");
        try (Writer csv = Files.newBufferedWriter(file)) {
            Walk walk = new Walk(1, Interval.ONE_MINUTE, firstOpen);
            for (int i = 0; i < ROWS; i++) {
                csv.write(walk.copyLine(1, firstOpen));
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
