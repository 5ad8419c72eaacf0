package io.mlpool.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RecordedRows;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which series a file, or a line of it, is about. */
class SymbolsOfFilesTest {

    @Test
    void symbolColumnTellsSeveralPairsApart() {
        RecordedRows read = Sample.read(
                "export-1h.csv",
                "time,symbol,open,high,low,close\n2024-01-01T00:00:00Z,ETH-USD,1,1,1,1\n2024-01-01T00:00:00Z,BTC-EUR,2,2,2,2\n2024-01-01T01:00:00Z,ETH-USD,1,1,1,1\n");

        assertThat(read.rows)
                .extracting(row -> row.key().toString())
                .containsExactly("ethereum/usd/1h", "bitcoin/eur/1h", "ethereum/usd/1h");
        assertThat(read.rows.getFirst().volumeKind()).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void lineThatNamesNoPairIsToldAndTheOthersStay() {
        RecordedRows read = Sample.read(
                "export-1h.csv",
                "time,symbol,close\n2024-01-01T00:00:00Z,BTC-USD,1\n2024-01-01T01:00:00Z,???,1\n2024-01-01T01:00:00Z,BTC-USD,1\n");

        assertThat(read.rows).extracting(RawCandle::line).containsExactly(2L, 4L);
        assertThat(read.unreadable).containsExactly("3: '???' names no pair");
    }

    @Test
    void tickersBesideEachOtherAreNotTakenForOneThatChanged() {
        RecordedRows read = Sample.read(
                "export-1h.csv",
                "time,symbol,close\n2022-01-01T00:00:00Z,LUNA-USD,1\n2022-01-01T00:00:00Z,BTC-USD,1\n2022-01-01T01:00:00Z,LUNA-USD,1\n2022-06-01T01:00:00Z,BTC-USD,1\n2022-06-01T01:00:00Z,LUNA-USD,1\n");

        assertThat(read.notes).containsExactly(Reason.TICKER_REUSED);
    }

    @Test
    void madeUpSymbolsWithoutEndAreNotKept() {
        StringBuilder csv = new StringBuilder("time,symbol,close\n");
        for (int i = 0; i < 10_001; i++) {
            csv.append("1704067200,C%dUSD,1\n".formatted(i));
        }

        RecordedRows read = Sample.read("export-1h.csv", csv.toString());

        assertThat(read.rows).hasSize(10_000);
        assertThat(read.unreadable).containsExactly("10002: more than 10000 symbols in one table");
    }

    @Test
    void lunaBecomesAnotherAssetWhereTheTickerWasUsedAgain() {
        RecordedRows read = Sample.read(
                "LUNAUSDT-1h.csv",
                "time,open,high,low,close,volume\n2022-05-12T23:00:00Z,1,1,1,1,1\n2022-05-13T00:00:00Z,1,1,1,1,1\n2022-05-31T06:00:00Z,9,9,9,9,1\n");

        assertThat(read.rows)
                .extracting(row -> row.key().asset())
                .containsExactly("terra-luna", "terra-luna", "terra-luna-2");
        assertThat(read.notes).containsExactly(Reason.TICKER_REUSED);
    }

    @Test
    void unknownTickerBecomesItsOwnKeyAndIsNoted() {
        RecordedRows read = Sample.read("WOJAKUSDT-1h.csv", "1704067200,1,1,1,1,1\n");

        assertThat(read.rows.getFirst().key()).isEqualTo(SeriesKey.usd("wojak", Interval.ONE_HOUR));
        assertThat(read.notes).containsExactly(Reason.UNMAPPED_SYMBOL);
    }

    @Test
    void hintsCountMoreThanTheName() {
        RecordedRows read = Sample.read(
                "BTCUSDT-1h.csv",
                "1704067200,1,1,1,1,1\n",
                Map.of("asset", "my-coin", "vs_currency", "eur", "interval", "1d", "venue", "Lab"));

        assertThat(read.rows.getFirst().key()).isEqualTo(new SeriesKey("my-coin", "eur", Interval.ONE_DAY));
        assertThat(read.rows.getFirst().venue()).isEqualTo("lab");
    }

    @Test
    void currencyMayBePassedInCapitalsAndNonsenseIsRefused() {
        String csv = "1704067200,1,1,1,1,1\n";

        assertThat(Sample.read("BTCUSDT-1h.csv", csv, Map.of("vs_currency", "EUR")).rows)
                .singleElement()
                .extracting(RawCandle::key)
                .hasToString("bitcoin/eur/1h");
        assertThatThrownBy(() -> Sample.read("BTCUSDT-1h.csv", csv, Map.of("vs_currency", "US$")))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("found 'us$'");
    }
}
