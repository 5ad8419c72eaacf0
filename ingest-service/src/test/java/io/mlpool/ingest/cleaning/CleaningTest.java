package io.mlpool.ingest.cleaning;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.ingest.RawCandle;
import io.mlpool.market.Candle;
import io.mlpool.market.CandleFlag;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleaningTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final SeriesKey KEY = SeriesKey.usd("bitcoin", Interval.ONE_HOUR);

    private final List<RawCandle> rows = new ArrayList<>();
    private final Findings findings = new Findings();
    private Instant fetchedAt = START.plus(Duration.ofDays(3000));

    @Test
    void goodRowsPassAsTheyAre() {
        calm(48);

        assertThat(clean()).hasSize(48);
        assertThat(findings.list()).isEmpty();
    }

    @Test
    void sameRowAgainIsDroppedAndCounted() {
        add(at(0, 100));
        add(at(0, 100));
        add(at(1, 100));

        assertThat(clean()).hasSize(2);
        assertThat(counts()).isEqualTo(Map.of("duplicate", 1L));
    }

    @Test
    void repeatedTimeKeepsWhatWasToldLast() {
        add(at(0, 100));
        add(at(1, 101));
        add(at(0, 102));

        assertThat(clean()).extracting(clean -> clean.candle().close()).containsExactly(102.0, 101.0);
        assertThat(counts()).isEqualTo(Map.of("repeated_time", 1L));
    }

    @Test
    void impossibleRowToldLastDoesNotCostTheGoodOneBeforeIt() {
        add(at(0, 100));
        add(ohlc(0, 100, 99, 98, 100));

        assertThat(clean())
                .singleElement()
                .extracting(clean -> clean.candle().close())
                .isEqualTo(100.0);
        assertThat(counts()).isEqualTo(Map.of("impossible_range", 1L));
    }

    @Test
    void impossibleRangesAreDroppedAndTheirNeighboursStay() {
        add(at(0, 100));
        add(ohlc(1, 100, 99, 98, 100));
        add(ohlc(2, 100, 101, 100.5, 100));
        add(at(3, 100));

        assertThat(times(clean())).containsExactly(0L, 3L);
        assertThat(counts()).isEqualTo(Map.of("impossible_range", 2L));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 0, -1})
    void whatIsNoPriceIsDropped(double price) {
        add(at(0, 100));
        add(at(1, price));
        add(at(2, 100));

        assertThat(times(clean())).containsExactly(0L, 2L);
        assertThat(counts()).isEqualTo(Map.of("not_a_price", 1L));
    }

    @Test
    void badVolumeDoesNotCostTheCandle() {
        rows.add(row(0, 100, 100, 100, 100, -5, Volume.Kind.BASE, false, true));
        rows.add(row(1, 100, 100, 100, 100, Double.NaN, Volume.Kind.BASE, false, true));

        assertThat(clean())
                .extracting(clean -> clean.candle().volume())
                .containsExactly(Volume.UNKNOWN, Volume.UNKNOWN);
        assertThat(counts()).isEqualTo(Map.of("bad_volume", 1L));
    }

    @Test
    void timeOffTheIntervalIsDropped() {
        add(at(0, 100));
        rows.add(new RawCandle(KEY, "test", 9, START.plusSeconds(3601), 1, 1, 1, 1, 1, Volume.Kind.BASE, false, true));

        assertThat(times(clean())).containsExactly(0L);
        assertThat(counts()).isEqualTo(Map.of("misaligned_time", 1L));
    }

    @Test
    void periodThatWasNotOverWhenFetchedIsDropped() {
        fetchedAt = START.plusSeconds(2 * 3600);
        add(at(0, 100));
        add(at(1, 100));
        add(at(2, 100));

        assertThat(times(clean())).containsExactly(0L, 1L);
        assertThat(counts()).isEqualTo(Map.of("unfinished", 1L));
    }

    @Test
    void newestCandleThatTheSourceCallsRunningIsKeptAsUnfinished() {
        fetchedAt = START.plusSeconds(3600 + 60);
        rows.add(row(0, 100, 100, 100, 100, 1, Volume.Kind.BASE, false, true));
        rows.add(row(1, 100, 100, 100, 100, 1, Volume.Kind.BASE, false, false));

        List<CleanCandle> clean = clean();

        assertThat(clean).extracting(candle -> candle.candle().finished()).containsExactly(true, false);
        assertThat(counts()).isEqualTo(Map.of("still_running", 1L));
    }

    @Test
    void candleCalledRunningBeforeANewerOneIsDropped() {
        rows.add(row(0, 100, 100, 100, 100, 1, Volume.Kind.BASE, false, false));
        add(at(1, 100));

        assertThat(times(clean())).containsExactly(1L);
        assertThat(counts()).isEqualTo(Map.of("unfinished", 1L));
    }

    @Test
    void badPrintIsDroppedWhenTradingWentOnAsIfItHadNotBeen() {
        double close = calm(48);
        add(ohlc(48, close, close * 1.01, close * 0.7, close * 0.7));
        add(ohlc(49, close * 0.995, close, close * 0.99, close * 0.997));
        add(at(50, close));

        assertThat(times(clean())).hasSize(50).doesNotContain(48L);
        assertThat(counts()).containsEntry("bad_print", 1L);
    }

    @Test
    void crashThatRecoversWithinTheNextCandleIsKeptAndFlagged() {
        double close = calm(48);
        add(ohlc(48, close, close, close * 0.7, close * 0.7));
        add(ohlc(49, close * 0.7, close, close * 0.7, close * 0.99));
        add(ohlc(50, close * 0.99, close, close * 0.99, close));

        List<CleanCandle> clean = clean();

        assertThat(clean).hasSize(51);
        assertThat(flags(clean, 48)).containsExactly(CandleFlag.EXTREME_MOVE);
        assertThat(counts()).isEqualTo(Map.of("extreme_move", 2L));
    }

    @Test
    void crashThatStaysIsKept() {
        double close = calm(48);
        add(ohlc(48, close, close, close * 0.6, close * 0.6));
        add(at(49, close * 0.6));

        assertThat(clean()).hasSize(50);
        assertThat(counts()).isEqualTo(Map.of("extreme_move", 1L));
    }

    @Test
    void badPrintAtTheVeryEndOrBeginningIsNotJudged() {
        double close = calm(48);
        add(ohlc(48, close, close, close * 0.5, close * 0.5));

        assertThat(clean()).hasSize(49);
    }

    @Test
    void closeOnlySpikeThatNoMarketDoesIsDroppedAndAnOrdinaryCrashIsKept() {
        for (int hour = 0; hour < 48; hour++) {
            closeOnly(hour, 100 + hour % 3);
        }
        closeOnly(48, 75);
        closeOnly(49, 100);
        closeOnly(50, 900);
        closeOnly(51, 101);

        assertThat(times(clean())).hasSize(51).contains(48L).doesNotContain(50L);
    }

    @Test
    void tickerUsedAgainAfterASilenceGoesOnAsAnotherAsset() {
        calm(48);
        add(at(48, 0.00005));
        add(at(48 + 437, 8.56));
        add(at(48 + 438, 8.6));

        List<CleanCandle> clean = clean();

        assertThat(clean).hasSize(51);
        assertThat(clean.subList(49, 51))
                .extracting(candle -> candle.key().asset())
                .containsOnly("bitcoin~2024-01-21");
        assertThat(clean.subList(49, 51))
                .allSatisfy(candle -> assertThat(candle.candle().flags()).isEmpty());
        assertThat(counts()).containsEntry("ticker_reused", 1L);
    }

    @ParameterizedTest
    @CsvSource({"72, 19, false", "72, 21, true", "71, 21, false"})
    void threeDaysOfSilenceAndTwentyTimesThePriceMakeAnotherCoin(int silentHours, double times, boolean another) {
        add(at(0, 100));
        add(at(silentHours, 100 * times));

        assertThat(clean().getLast().key().equals(KEY)).isNotEqualTo(another);
    }

    @Test
    void silenceWithoutAnotherPriceAndAJumpWithoutSilenceAreTheSameCoin() {
        calm(48);
        add(at(48 + 437, 180));
        add(at(48 + 438, 9000));

        assertThat(clean()).extracting(candle -> candle.key()).containsOnly(KEY);
    }

    @Test
    void hourWithoutTradesIsKeptAndFlagged() {
        rows.add(row(0, 100, 100, 100, 100, 0, Volume.Kind.BASE, false, true));

        assertThat(flags(clean(), 0)).containsExactly(CandleFlag.NO_TRADES);
        assertThat(counts()).isEqualTo(Map.of("no_trades", 1L));
    }

    @Test
    void closeOnlyCandleOpensAtTheCloseBefore() {
        closeOnly(0, 100);
        closeOnly(1, 98);
        closeOnly(3, 99);

        assertThat(clean())
                .extracting(clean -> {
                    Candle candle = clean.candle();
                    return List.of(candle.open(), candle.high(), candle.low(), candle.close());
                })
                .containsExactly(
                        List.of(100.0, 100.0, 100.0, 100.0),
                        List.of(100.0, 100.0, 98.0, 98.0),
                        List.of(99.0, 99.0, 99.0, 99.0));
    }

    @Test
    void seriesAndVenuesAreCleanedApart() {
        add(at(0, 100));
        rows.add(new RawCandle(
                SeriesKey.usd("ethereum", Interval.ONE_HOUR),
                "test",
                1,
                START,
                1,
                1,
                1,
                1,
                1,
                Volume.Kind.BASE,
                false,
                true));
        rows.add(new RawCandle(KEY, "other", 1, START, 7, 7, 7, 7, 1, Volume.Kind.BASE, false, true));

        assertThat(clean()).hasSize(3);
        assertThat(findings.list()).isEmpty();
    }

    @Test
    void findingsKeepFiveExamplesAndCountAll() {
        for (int hour = 0; hour < 9; hour++) {
            add(at(hour, -1));
        }

        clean();

        assertThat(findings.list()).singleElement().satisfies(finding -> {
            assertThat(finding.count()).isEqualTo(9);
            assertThat(finding.examples()).hasSize(5).first().satisfies(example -> assertThat(example.line())
                    .isEqualTo(1));
        });
    }

    private List<CleanCandle> clean() {
        List<CleanCandle> clean = new ArrayList<>();
        try (RowSort sort = new RowSort()) {
            rows.forEach(sort::add);
            new Cleaning(findings, fetchedAt).clean(sort.sorted(), clean::add);
        }
        return clean;
    }

    private Map<String, Long> counts() {
        return findings.list().stream().collect(Collectors.toMap(Finding::reason, Finding::count));
    }

    /** Adds hours of a quiet market and answers with the last close. */
    private double calm(int hours) {
        SplittableRandom random = new SplittableRandom(3);
        double close = 100;
        for (int hour = 0; hour < hours; hour++) {
            double open = close;
            close *= 1 + random.nextDouble(-0.005, 0.005);
            add(ohlc(hour, open, Math.max(open, close), Math.min(open, close), close));
        }
        return close;
    }

    private void add(RawCandle row) {
        rows.add(row);
    }

    private void closeOnly(int hour, double close) {
        rows.add(row(hour, close, close, close, close, 1, Volume.Kind.TRAILING_24H_QUOTE, true, true));
    }

    private RawCandle at(int hour, double price) {
        return ohlc(hour, price, price, price, price);
    }

    private RawCandle ohlc(int hour, double open, double high, double low, double close) {
        return row(hour, open, high, low, close, 1, Volume.Kind.BASE, false, true);
    }

    private RawCandle row(
            int hour,
            double open,
            double high,
            double low,
            double close,
            double volume,
            Volume.Kind kind,
            boolean closeOnly,
            boolean finished) {
        return new RawCandle(
                KEY,
                "test",
                rows.size() + 1L,
                START.plusSeconds(3600L * hour),
                open,
                high,
                low,
                close,
                volume,
                kind,
                closeOnly,
                finished);
    }

    private static List<Long> times(List<CleanCandle> candles) {
        return candles.stream()
                .map(clean -> Duration.between(START, clean.candle().openTime()).toHours())
                .toList();
    }

    private static Iterable<CandleFlag> flags(List<CleanCandle> candles, int i) {
        return candles.get(i).candle().flags();
    }
}
