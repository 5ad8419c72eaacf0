package io.mlpool.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.market.Candle;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordedTradesTest {

    @Test
    void tradesOfOnePeriodMakeOneCandleAndTheLastPeriodIsLeftOut() throws IOException {
        Recording recording = read("""
                timestamp,price,amount
                1385337600,800.01,0.1
                1385337613,805.5,0.25
                1385337899,799,0.5
                1385338500,810,1
                1385338501,811,1
                1385338800,820,1
                """);

        assertThat(recording.candles())
                .containsExactly(
                        candle("2013-11-25T00:00:00Z", 800.01, 805.5, 799, 799, 0.85),
                        candle("2013-11-25T00:15:00Z", 810, 811, 810, 811, 2));
    }

    @Test
    void bitstampOf2013IsOnTheClasspathWithItsTwoGaps() {
        Recording recording = RecordedTrades.bitstamp2013();

        assertThat(recording.key()).isEqualTo(SeriesKey.usd("bitcoin", Interval.FIVE_MINUTES));
        assertThat(recording.candles()).hasSize(1916);
        assertThat(recording.start()).isEqualTo(Instant.parse("2013-11-25T00:00:00Z"));
        assertThat(recording.end()).isEqualTo(Instant.parse("2013-12-01T16:00:00Z"));
        assertThat(recording.candles())
                .allSatisfy(candle -> assertThat(candle.close()).isBetween(770.0, 1163.0));
        assertThat(recording.candles())
                .anySatisfy(candle -> assertThat(candle.high()).isEqualTo(1163.0));
    }

    private static Recording read(String csv) throws IOException {
        return RecordedTrades.read(
                "trades",
                SeriesKey.usd("bitcoin", Interval.FIVE_MINUTES),
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
    }

    private static Candle candle(String open, double first, double high, double low, double close, double volume) {
        return Candle.of(Interval.FIVE_MINUTES, Instant.parse(open), first, high, low, close, Volume.base(volume));
    }
}
