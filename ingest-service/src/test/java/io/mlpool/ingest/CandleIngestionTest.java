package io.mlpool.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.ingest.IngestReport.Rows;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.archive.Rebuild;
import io.mlpool.ingest.cleaning.Finding;
import io.mlpool.ingest.runs.RunCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

class CandleIngestionTest {

    private static final String BTC = "binance/BTCUSDT-1h.csv";

    @TempDir
    private Path folder;

    private Hours hours;

    @BeforeEach
    void freshDatabase() {
        hours = new Hours(folder);
    }

    @Test
    void payloadTakenInTwiceChangesNothingTheSecondTime() {
        IngestReport first = hours.take(BTC, Hours.csv(0, 48, 100));
        List<String> candles = hours.candles();
        hours.clock.advance(Duration.ofDays(1));
        IngestReport second = hours.take(BTC, Hours.csv(0, 48, 100));

        assertThat(first.rows()).isEqualTo(new Rows(48, 0, 48, 0, 0, 0, 14));
        assertThat(second.rows()).isEqualTo(new Rows(48, 0, 0, 0, 48, 0, 0));
        assertThat(hours.candles()).isEqualTo(candles);
    }

    @Test
    void laterFileCorrectsAndContinuesAndKeepsWhenARowCameFirst() {
        hours.take(BTC, Hours.csv(0, 24, 100));
        Instant firstTime = hours.clock.instant();
        hours.clock.advance(Duration.ofDays(1));

        IngestReport report = hours.take(BTC, Hours.csv(20, 30, 200));

        assertThat(report.rows()).isEqualTo(new Rows(10, 0, 6, 4, 0, 0, 3));
        assertThat(hours.value("SELECT count(*) FROM candle WHERE close >= 200 AND source = 'binance'", Long.class))
                .isEqualTo(10);
        assertThat(hours.value(
                        "SELECT count(*) FROM candle WHERE source = 'binance' AND ingested_at = '" + firstTime + "'",
                        Long.class))
                .isEqualTo(24);
    }

    @Test
    void otherVenueFillsWhatIsMissingAndOverwritesNothing() {
        hours.take(BTC, Hours.csv(0, 24, 100));

        IngestReport report = hours.take("coinbase/BTCUSD-1h.csv", Hours.csv(20, 30, 200));

        assertThat(report.rows()).isEqualTo(new Rows(10, 0, 6, 0, 0, 4, 1));
        assertThat(hours.value("SELECT count(*) FROM candle WHERE source = 'coinbase'", Long.class))
                .isEqualTo(6);
    }

    @Test
    void trueCandlesReplaceThoseThatKnowOnlyTheClose() {
        String closes = "time,close\n1704067200,50\n1704070800,51\n";
        hours.take("coingecko/BTCUSD-1h.csv", closes);

        IngestReport report = hours.take(BTC, Hours.csv(0, 2, 100));

        assertThat(report.rows().replaced()).isEqualTo(2);
        assertThat(hours.take("coingecko/BTCUSD-1h.csv", closes + "\n").rows().keptFromOtherVenue())
                .isEqualTo(2);
    }

    @Test
    void closeOnlyPayloadOpensAtTheCloseThatIsHeld() {
        hours.take("BTCUSD-1h.csv", "time,close\n1704067200,50\n1704070800,51\n");
        hours.take("BTCUSD-1h.csv", "time,close\n1704074400,53\n1704078000,52\n");

        assertThat(hours.value(
                        "SELECT string_agg(open || '/' || high || '/' || low || '/' || close, ' ' ORDER BY open_time) FROM candle WHERE source = 'file'",
                        String.class))
                .isEqualTo("50/50/50/50 50/51/50/51 51/53/51/53 53/53/52/52");
    }

    @Test
    void finishedCandleReplacesTheRunningOneAndNotTheOtherWayRound() {
        CandleIngestion ingestion = new CandleIngestion(
                List.of(new HourlySource()),
                new RawArchive(folder.resolve("b"), hours.clock),
                hours.database.dataSource(),
                new RunCounts(new SimpleMeterRegistry()),
                hours.clock);
        hours.clock.set(HourlySource.START.plusSeconds(3600 + 60));
        assertThat(ingestion
                        .ingest(HourlySource.payload("running", "100", "101"))
                        .rows()
                        .added())
                .isEqualTo(2);
        hours.clock.set(HourlySource.START.plusSeconds(3 * 3600));

        assertThat(ingestion.ingest(HourlySource.payload("", "100", "102")).rows())
                .isEqualTo(new Rows(2, 0, 0, 1, 1, 0, 0));
        assertThat(ingestion
                        .ingest(HourlySource.payload("running", "100", "99"))
                        .rows()
                        .replaced())
                .isZero();
        assertThat(hours.value("SELECT close FROM candle WHERE finished ORDER BY open_time DESC LIMIT 1", Double.class))
                .isEqualTo(102);
    }

    @Test
    void refusedPayloadIsArchivedAndRecorded() {
        assertThatThrownBy(() -> hours.take("prices.csv", "1704067200,1,1,1,1,1\n"))
                .isInstanceOf(UnreadablePayloadException.class);

        assertThat(hours.archive.payloads()).hasSize(1);
        assertThat(hours.value("SELECT status || ': ' || problem FROM ingest_run", String.class))
                .startsWith("refused: prices.csv");
        assertThat(hours.candles()).isEmpty();
    }

    @Test
    void lastCandleOfAnExportThatIsNotOverWhenItIsTakenInIsDroppedAndALaterExportTellsIt() {
        hours.clock.set(Hours.START.plusSeconds(5 * 3600 + 1800));

        IngestReport inTheMiddle = hours.take(BTC, Hours.csv(0, 6, 100));

        assertThat(inTheMiddle.rows()).isEqualTo(new Rows(6, 1, 5, 0, 0, 0, 1));
        assertThat(inTheMiddle.findings()).extracting(Finding::reason).containsExactly("unfinished");
        hours.clock.advance(Duration.ofHours(1));
        assertThat(hours.take(BTC, Hours.csv(5, 6, 200)).rows().added()).isEqualTo(1);
    }

    @Test
    void exportMadeInTheMiddleOfItsLastCandleIsCorrectedByANewerOne() {
        hours.take(BTC, Hours.csv(0, 6, 100));

        assertThat(hours.take(BTC, Hours.csv(5, 7, 200)).rows()).isEqualTo(new Rows(2, 0, 1, 1, 0, 0, 0));
    }

    @Test
    void fileThatContradictsTheIntervalThatWasPassedStoresNothing() {
        Payload hourly = new Payload(
                "files",
                "BTCUSDT.csv",
                Map.of("interval", "5m"),
                () -> new ByteArrayInputStream(Hours.csv(0, 48, 100).getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> hours.ingestion.ingest(hourly))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("you say candles of 5m but most lines are 1h apart");
        assertThat(hours.candles()).isEmpty();
    }

    @Test
    void loadThatDiesInTheMiddleLeavesNothingAndTheNextLeavesAll() {
        HourlySource dying = new HourlySource();
        CandleIngestion ingestion = new CandleIngestion(
                List.of(dying),
                new RawArchive(folder.resolve("b"), hours.clock),
                hours.database.dataSource(),
                new RunCounts(new SimpleMeterRegistry()),
                hours.clock);
        Payload payload = HourlySource.payload("", "100", "101", "102", "103", "104");
        hours.database.jdbc().sql("""
                CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$
                """).update();
        hours.database
                .jdbc()
                .sql(
                        "CREATE TRIGGER die BEFORE INSERT ON candle FOR EACH ROW WHEN (NEW.close = 103) EXECUTE FUNCTION die()")
                .update();

        assertThatThrownBy(() -> ingestion.ingest(payload)).isInstanceOf(RuntimeException.class);
        assertThat(hours.candles()).isEmpty();
        assertThat(hours.value("SELECT count(*) FROM ingest_run", Long.class)).isZero();

        hours.database.jdbc().sql("DROP FUNCTION die CASCADE").update();
        assertThat(ingestion.ingest(payload).rows()).isEqualTo(new Rows(5, 0, 5, 0, 0, 0, 1));
    }

    @Test
    void twoReplicasWithTheSameFileStoreItOnce() throws Exception {
        String csv = Hours.csv(0, 3000, 100);
        CountDownLatch together = new CountDownLatch(2);
        Callable<IngestReport> one = () -> {
            together.countDown();
            together.await();
            return hours.take(BTC, csv);
        };
        List<IngestReport> reports = new ArrayList<>();
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (Future<IngestReport> report : both.invokeAll(List.of(one, one))) {
                reports.add(report.get());
            }
        }

        assertThat(reports).extracting(report -> report.rows().added()).containsExactlyInAnyOrder(3000L, 0L);
        assertThat(reports).extracting(report -> report.rows().unchanged()).containsExactlyInAnyOrder(3000L, 0L);
        assertThat(hours.value("SELECT count(*) FROM candle WHERE source = 'binance'", Long.class))
                .isEqualTo(3000);
    }

    @Test
    void rebuildFromTheArchiveGivesTheSameRows() {
        hours.take(BTC, Hours.csv(0, 100, 100));
        hours.clock.advance(Duration.ofHours(1));
        hours.take("coinbase/BTCUSD-1h.csv", Hours.csv(90, 120, 200));
        hours.clock.advance(Duration.ofHours(1));
        hours.take(BTC, Hours.csv(95, 110, 150));
        hours.clock.advance(Duration.ofHours(1));
        hours.take("kraken/LUNAUSD-1h.csv", Hours.csv(0, 50, 1));
        List<String> candles = hours.candles();
        hours.database.jdbc().sql("TRUNCATE candle, series, asset CASCADE").update();
        hours.clock.advance(Duration.ofDays(100));

        List<IngestReport> reports = new ArrayList<>();
        Rebuild.Rebuilt rebuilt = new Rebuild(hours.archive, hours.ingestion).run(reports::add);

        assertThat(hours.candles()).isEqualTo(candles);
        assertThat(rebuilt.payloads()).isEqualTo(4).isEqualTo(reports.size());
    }

    @Test
    void rebuildTakesWhatTheArchiveHoldsAsItIsAndGoesOnWhereContentIsLost() throws IOException {
        byte[] twice = gzip(gzip(Hours.csv(0, 10, 100).getBytes(StandardCharsets.UTF_8)));
        IngestReport lost = hours.take("kraken/ETHUSD-1h.csv", Hours.csv(0, 10, 50));
        hours.clock.advance(Duration.ofHours(1));
        hours.ingestion.ingest(new Payload("files", BTC, Map.of(), () -> new ByteArrayInputStream(twice)));
        Files.delete(folder.resolve("files/2024-06-01").resolve(lost.sha256() + ".gz"));
        List<String> candles = hours.candles();
        hours.clock.advance(Duration.ofDays(100));

        Rebuild.Rebuilt rebuilt = new Rebuild(hours.archive, hours.ingestion).run(report -> {});

        assertThat(rebuilt).isEqualTo(new Rebuild.Rebuilt(2, 0, rebuilt.refused()));
        assertThat(rebuilt.refused()).singleElement().asString().contains("ETHUSD-1h.csv");
        assertThat(hours.candles()).isEqualTo(candles);
        assertThat(hours.archive.payloads()).hasSize(2);
    }

    @Test
    void whoeverListensIsToldOfEachSeriesThatChanged() throws SQLException {
        try (Connection connection = hours.database.dataSource().getConnection()) {
            connection.createStatement().execute("LISTEN candles");
            hours.take(BTC, Hours.csv(0, 4, 100));
            hours.take(BTC, Hours.csv(0, 4, 100));

            PGNotification[] notices = connection.unwrap(PGConnection.class).getNotifications(5000);

            assertThat(notices)
                    .extracting(PGNotification::getParameter)
                    .containsExactly(
                            "{\"asset\":\"bitcoin\",\"vs_currency\":\"usd\",\"interval\":\"1h\",\"last_close\":\"2024-01-01T04:00:00Z\"}",
                            "{\"asset\":\"bitcoin\",\"vs_currency\":\"usd\",\"interval\":\"4h\",\"last_close\":\"2024-01-01T04:00:00Z\"}");
        }
    }

    @Test
    void everyRowOfThePayloadIsAccountedFor() {
        String csv = Hours.csv(0, 10, 100)
                + "1704067200,100.0,101.0,99.0,100.0,2\n1704070800,1,0.5,2,1,1\nrubbish,1,1,1,1,1\n";

        IngestReport report = hours.take(BTC, csv);

        assertThat(report.rows()).isEqualTo(new Rows(13, 3, 10, 0, 0, 0, 2));
        assertThat(report.findings())
                .extracting(Finding::reason)
                .containsExactly("unreadable", "impossible_range", "duplicate", "wrong_order");
        assertThat(report.series().getFirst())
                .isEqualTo(new IngestReport.SeriesSpan(
                        "bitcoin", "usd", "1h", "binance", Hours.START, Hours.START.plusSeconds(9 * 3600), 10, 10));
        assertThat(hours.value("SELECT report ->> 'sha256' FROM ingest_run", String.class))
                .isEqualTo(report.sha256());
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
