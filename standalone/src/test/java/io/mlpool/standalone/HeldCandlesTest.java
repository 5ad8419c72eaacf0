package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.TestDatabase;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HeldCandlesTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final HeldCandles held = new HeldCandles(database.jdbc());

    @Test
    void anEmptyPoolReplays() {
        assertThat(held.noneButReplayed()).isTrue();
        assertThat(held.most()).isEmpty();
    }

    @Test
    void theReplayGoesOnOnlyWhileNobodyElseToldACandle() {
        database.jdbc().sql("""
                INSERT INTO replay_run VALUES ('bitstamp-2013', '60x', 'ORIGINAL', now(), now(), 0)
                """).update();
        candles("bitcoin", "5m", 300, 0, 12, "replay");
        candles("bitcoin", "1h", 3600, 0, 1, "derived");
        assertThat(held.noneButReplayed()).isTrue();

        candles("ethereum", "1h", 3600, 0, 1, "binance");
        assertThat(held.noneButReplayed()).isFalse();
    }

    @Test
    void theFirstForecastIsOfAnAssetWithoutAHoleInItsNewestCandles() {
        candles("bitcoin", "1h", 3600, 0, 600, "binance");
        candles("bitcoin", "1h", 3600, 700, 900, "binance");
        candles("ethereum", "1h", 3600, 0, 500, "binance");

        assertThat(held.anAsset("1h")).isEqualTo("ethereum");

        candles("bitcoin", "1h", 3600, 600, 700, "binance");
        assertThat(held.anAsset("1h")).isEqualTo("bitcoin");
    }

    @Test
    void anAssetThatCannotBeForecastIsBetterThanNone() {
        candles("solana", "1h", 3600, 0, 3, "binance");
        assertThat(held.anAsset("1h")).isEqualTo("solana");
    }

    @Test
    void theFirstForecastIsMadeFromAnIntervalThatSuffices() {
        candles("bitcoin", "5m", 300, 0, 1000, "binance");
        candles("bitcoin", "5m", 300, 1100, 1300, "binance");
        candles("ethereum", "1h", 3600, 0, 1000, "binance");

        assertThat(held.most()).hasValue(new HeldCandles.Count("5m", 1200));
        assertThat(held.enough(1000)).hasValue(new HeldCandles.Count("1h", 1000));
        assertThat(held.enough(1001)).hasValue(new HeldCandles.Count("5m", 1200));
        assertThat(held.enough(1201)).isEmpty();
    }

    @Test
    void candlesThatNoModelIsMadeForDoNotCount() {
        candles("bitcoin", "1m", 60, 0, 500, "binance");
        candles("bitcoin", "5m", 300, 0, 100, "derived");
        assertThat(held.most()).hasValue(new HeldCandles.Count("5m", 100));
    }

    private void candles(String asset, String interval, int seconds, int from, int to, String source) {
        database.jdbc()
                .sql("INSERT INTO asset VALUES (:asset, :asset, :asset) ON CONFLICT DO NOTHING")
                .param("asset", asset)
                .update();
        database.jdbc()
                .sql(
                        "INSERT INTO series (asset, vs_currency, interval) VALUES (:asset, 'usd', :interval) ON CONFLICT DO NOTHING")
                .param("asset", asset)
                .param("interval", interval)
                .update();
        database.jdbc()
                .sql("""
                        INSERT INTO candle
                        SELECT s.id, :start::timestamptz + n * :seconds * interval '1 second', 1, 1, 1, 1, 1, 1, 0, true, :source, now()
                        FROM series s, generate_series(:from, :to - 1) n WHERE s.asset = :asset AND s.interval = :interval
                        """)
                .param("start", START.atOffset(ZoneOffset.UTC))
                .param("seconds", seconds)
                .param("source", source)
                .param("from", from)
                .param("to", to)
                .param("asset", asset)
                .param("interval", interval)
                .update();
    }
}
