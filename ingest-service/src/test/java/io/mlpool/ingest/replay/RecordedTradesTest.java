package io.mlpool.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.files.FileSource;
import io.mlpool.ingest.symbols.SymbolMap;
import io.mlpool.market.Candle;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordedTradesTest {

    private static final SeriesKey KEY = SeriesKey.usd("bitcoin", Interval.FIVE_MINUTES);

    @Test
    void tradesOfOnePeriodMakeOneCandle() {
        Recording recording = read("""
                timestamp,price,amount
                1385337600,800.01,0.1
                1385337613,805.5,0.25
                1385337899,799,0.5
                1385338500,810,1
                1385338501,811,1
                """);

        assertThat(recording.key()).isEqualTo(KEY);
        assertThat(recording.candles())
                .containsExactly(
                        candle("2013-11-25T00:00:00Z", 800.01, 805.5, 799, 799, 0.85),
                        candle("2013-11-25T00:15:00Z", 810, 811, 810, 811, 2));
    }

    @Test
    void candlesInAnyOrderAreSortedAndThoseThatAreImpossibleLeftOut() {
        Recording recording = read("""
                timestamp,open,high,low,close,volume
                2013-11-25T00:05:00Z,2,3,1,2,7
                2013-11-25T00:10:00Z,2,1,3,2,7
                2013-11-25T00:15:00Z,2,3,-1,2,7
                2013-11-25T00:00:00Z,1,1,1,1,5
                """);

        assertThat(recording.candles())
                .containsExactly(
                        candle("2013-11-25T00:00:00Z", 1, 1, 1, 1, 5), candle("2013-11-25T00:05:00Z", 2, 3, 1, 2, 7));
    }

    @Test
    void fileOfSeveralSeriesIsRefused() {
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> read("""
                        timestamp,open,high,low,close,volume
                        2013-11-25T00:00:00Z,1,1,1,1,5
                        2013-11-29T00:00:00Z,90,90,90,90,5
                        """))
                .withMessageContaining("bitcoin/usd/5m")
                .withMessageContaining("bitcoin~2013-11-29/usd/5m");
    }

    @Test
    void fileWithoutCandlesIsRefused() {
        assertThatExceptionOfType(UnreadablePayloadException.class).isThrownBy(() -> read("hello"));
    }

    @Test
    void bitstampOf2013IsOnTheClasspathWithItsTwoGaps() {
        Recording recording = RecordedTrades.bitstamp2013();

        assertThat(recording.key()).isEqualTo(KEY);
        assertThat(recording.candles()).hasSize(1916);
        assertThat(recording.start()).isEqualTo(Instant.parse("2013-11-25T00:00:00Z"));
        assertThat(recording.end()).isEqualTo(Instant.parse("2013-12-01T16:00:00Z"));
        assertThat(recording.candles())
                .allSatisfy(candle -> assertThat(candle.close()).isBetween(770.0, 1163.0))
                .anySatisfy(candle -> assertThat(candle.high()).isEqualTo(1163.0));
    }

    private static Recording read(String csv) {
        byte[] content = csv.getBytes(StandardCharsets.UTF_8);
        Payload payload = new Payload(
                "files",
                "recorded.csv",
                Map.of("asset", "bitcoin", "interval", "5m"),
                () -> new ByteArrayInputStream(content));
        return RecordedFile.read("recorded", payload, new FileSource(SymbolMap.bundled(), 1_000_000));
    }

    private static Candle candle(String open, double first, double high, double low, double close, double volume) {
        return Candle.of(Interval.FIVE_MINUTES, Instant.parse(open), first, high, low, close, Volume.base(volume));
    }
}
