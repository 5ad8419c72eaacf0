package io.mlpool.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mlpool.testing.TestDatabase;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

class CandleStoreTest {

    private static final SeriesKey BITCOIN = SeriesKey.usd("bitcoin", Interval.ONE_HOUR);
    private static final SeriesKey ETHEREUM = SeriesKey.usd("ethereum", Interval.ONE_HOUR);
    private static final Instant START = Instant.parse("2024-03-10T00:00:00Z");

    private static JdbcClient jdbc;
    private static CandleStore store;

    @BeforeAll
    static void threeFinishedHoursAndOneThatRuns() {
        TestDatabase database = TestDatabase.create();
        jdbc = database.jdbc();
        jdbc.sql(
                        "INSERT INTO asset (id, symbol, name) VALUES ('bitcoin', 'btc', 'Bitcoin'), ('ethereum', 'eth', 'Ethereum')")
                .update();
        jdbc.sql(
                        "INSERT INTO series (asset, vs_currency, interval) VALUES ('bitcoin', 'usd', '1h'), ('ethereum', 'usd', '1h')")
                .update();
        jdbc.sql("""
                INSERT INTO candle SELECT s.id, timestamptz '2024-03-10T00:00:00Z' + h * interval '1 hour',
                  10 + h, 12 + h, 9 + h, 11 + h, 5, 1, CASE h WHEN 1 THEN 2 WHEN 2 THEN 1 ELSE 0 END, h < 3, 'test', now()
                FROM series s, generate_series(0, 3) h
                """).update();
        store = new CandleStore(jdbc);
    }

    @Test
    void candlesComeBackWithFlagsAndTheOneThatRuns() {
        assertThat(store.candles(BITCOIN, START, START.plusSeconds(4 * 3600), 100))
                .hasSize(4)
                .element(1)
                .isEqualTo(new Candle(
                        Interval.ONE_HOUR,
                        START.plusSeconds(3600),
                        11,
                        13,
                        10,
                        12,
                        Volume.base(5),
                        true,
                        Set.of(CandleFlag.EXTREME_MOVE)));
    }

    @Test
    void candlesOfNoSeriesAreRefused() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> jdbc.sql("""
                        INSERT INTO candle
                        SELECT n, timestamptz '2024-03-01T00:00:00Z', 1, 1, 1, 1, 0, 0, 0, true, 'test', now()
                        FROM (VALUES (1), (4711)) series (n)
                        """).update())
                .withMessageContaining("there is no series 4711 for these candles");
    }

    @Test
    void theEndIsExclusiveAndTheLimitKeepsTheNewest() {
        assertThat(store.candles(BITCOIN, START, START.plusSeconds(3 * 3600), 2))
                .extracting(Candle::openTime)
                .containsExactly(START.plusSeconds(3600), START.plusSeconds(2 * 3600));
    }

    @Test
    void aSeriesHoldsFinishedCandlesOnly() {
        CandleSeries series = store.series(BITCOIN, START, START.plusSeconds(86_400));
        assertThat(series.size()).isEqualTo(3);
        assertThat(series.openTime(0)).isEqualTo(START);
        assertThat(series.turnover(2)).isEqualTo(65);
        assertThat(series.range(1)).isEqualTo((float) Math.log(13 / 10.0));
        assertThat(series.range(2)).as("closes only").isNaN();
        assertThat(store.newest(BITCOIN)).contains(START.plusSeconds(2 * 3600));
    }

    @Test
    void manySeriesComeInOneQuery() {
        Map<SeriesKey, CandleSeries> all = store.all(
                Set.of("bitcoin", "ethereum", "solana"), "usd", Interval.ONE_HOUR, START, START.plusSeconds(86_400));
        assertThat(all).containsOnlyKeys(BITCOIN, ETHEREUM);
        assertThat(all.get(ETHEREUM)).extracting(CandleSeries::size).isEqualTo(3);
    }

    @Test
    void summariesSayWhatIsHeld() {
        assertThat(store.summaries())
                .containsExactly(
                        new SeriesSummary(BITCOIN, START, START.plusSeconds(2 * 3600)),
                        new SeriesSummary(ETHEREUM, START, START.plusSeconds(2 * 3600)));
    }

    @Test
    void anUnknownSeriesIsEmpty() {
        SeriesKey unknown = SeriesKey.usd("solana", Interval.ONE_HOUR);
        assertThat(store.newest(unknown)).isEmpty();
        assertThat(store.series(unknown, START, START.plusSeconds(3600)).isEmpty())
                .isTrue();
    }
}
