package io.mlpool.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.runs.RunCounts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candles of longer intervals, which are made of shorter ones. */
class LongerCandlesTest {

    private static final String BTC = "binance/BTCUSDT-1h.csv";

    @TempDir
    private Path folder;

    private Hours hours;

    @BeforeEach
    void freshDatabase() {
        hours = new Hours(folder);
    }

    @Test
    void longerCandlesComeOnlyOfCompletePeriods() {
        String csv = Hours.csv(0, 48, 100).replaceFirst("(?m)^1704078000.*\\R", "");

        IngestReport report = hours.take(BTC, csv);

        assertThat(report.rows().derived()).isEqualTo(11 + 1);
        assertThat(hours.value("""
                SELECT concat_ws(' ', open, high, low, close, volume, volume_kind, finished) FROM candle c JOIN series s ON s.id = series_id
                WHERE s.interval = '4h' ORDER BY open_time LIMIT 1
                """, String.class)).isEqualTo("100.04 101.06 99 100 8 1 t");
        assertThat(hours.value(
                        "SELECT extract(epoch FROM min(open_time))::bigint FROM candle c JOIN series s ON s.id = series_id WHERE s.interval = '1d'",
                        Long.class))
                .isEqualTo(Hours.START.plusSeconds(86_400).getEpochSecond());
    }

    @Test
    void gapThatIsFilledLaterCompletesTheLongerCandles() {
        String whole = Hours.csv(0, 48, 100);
        hours.take(BTC, whole.replaceFirst("(?m)^1704078000.*\\R", ""));

        hours.take("binance/BTCUSDT-1h-missing.csv", "1704078000,100,101,99,100,2\n");

        assertThat(hours.value("SELECT count(*) FROM candle WHERE source = 'derived'", Long.class))
                .isEqualTo(14);
    }

    @Test
    void derivedCandlesNeverReplaceThoseOfASource() {
        hours.take("binance/BTCUSDT-4h.csv", "1704067200,7,7,7,7,7\n");

        hours.take(BTC, Hours.csv(0, 4, 100));

        assertThat(hours.value(
                        "SELECT close FROM candle c JOIN series s ON s.id = series_id WHERE s.interval = '4h'",
                        Double.class))
                .isEqualTo(7);
    }

    @Test
    void sourceReplacesDerivedCandles() {
        hours.take(BTC, Hours.csv(0, 4, 100));

        assertThat(hours.take("binance/BTCUSDT-4h.csv", "1704067200,7,7,7,7,7\n")
                        .rows()
                        .replaced())
                .isEqualTo(1);
    }

    @Test
    void trailingVolumeOfLongerCandlesIsTheLastOne() {
        CandleIngestion ingestion = new CandleIngestion(
                List.of(new HourlySource()),
                new RawArchive(folder.resolve("b"), hours.clock),
                hours.database.dataSource(),
                new RunCounts(new SimpleMeterRegistry()),
                hours.clock);

        ingestion.ingest(HourlySource.payload("trailing", "100", "101", "102", "103"));

        assertThat(hours.value(
                        "SELECT volume || '/' || volume_kind FROM candle WHERE source = 'derived'", String.class))
                .isEqualTo("103/2");
    }
}
