package io.mlpool.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.files.FileSource;
import io.mlpool.ingest.runs.RunCounts;
import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An ingestion of CSV files on an empty database, and hours to put into them. */
public final class Hours {

    public static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private static final TestDatabase DATABASE = TestDatabase.create();

    public final TestDatabase database = DATABASE;
    public final SettableClock clock = new SettableClock(Instant.parse("2024-06-01T00:00:00Z"));
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final RawArchive archive;
    public final CandleIngestion ingestion;

    /** Empties the tables, which the tests of this JVM share one after the other. */
    public Hours(Path folder) {
        database.jdbc()
                .sql("TRUNCATE candle, series, asset, ingest_run RESTART IDENTITY CASCADE")
                .update();
        archive = new RawArchive(folder, clock);
        ingestion = new CandleIngestion(
                List.of(new FileSource(SymbolMap.bundled(), 1 << 30)),
                archive,
                database.dataSource(),
                new RunCounts(meters),
                clock);
    }

    /** Hours {@code from} (inclusive) to {@code to} (exclusive) after {@link #START}, each at its own price. */
    public static String csv(int from, int to, double price) {
        StringBuilder csv = new StringBuilder("timestamp,open,high,low,close,volume\n");
        for (int hour = from; hour < to; hour++) {
            double p = price + hour % 7 * 0.01;
            csv.append(String.format(
                    Locale.ROOT, "%d,%s,%s,%s,%s,2%n", START.getEpochSecond() + hour * 3600L, p, p + 1, p - 1, p));
        }
        return csv.toString();
    }

    public static Payload file(String name, String csv) {
        return new Payload(
                FileSource.NAME, name, Map.of(), () -> new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
    }

    public IngestReport take(String name, String csv) {
        return ingestion.ingest(file(name, csv));
    }

    /** All candles with all their columns, in order. */
    public List<String> candles() {
        return database.jdbc().sql("""
                        SELECT concat_ws(' ', s.asset, s.vs_currency, s.interval, extract(epoch FROM c.open_time)::bigint, c.open,
                          c.high, c.low, c.close, c.volume, c.volume_kind, c.flags, c.finished, c.source, c.ingested_at)
                        FROM candle c JOIN series s ON s.id = c.series_id
                        ORDER BY s.asset, s.vs_currency, s.interval, c.open_time
                        """).query(String.class).list();
    }

    public <T> T value(String sql, Class<T> type) {
        return database.jdbc().sql(sql).query(type).single();
    }
}
