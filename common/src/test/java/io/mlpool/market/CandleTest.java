package io.mlpool.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CandleTest {

    private static final Instant OPEN = Instant.parse("2024-01-01T05:00:00Z");
    private static final SeriesKey KEY = SeriesKey.usd("bitcoin", Interval.ONE_HOUR);

    @Test
    void aCandleEndsWhereTheNextBegins() {
        assertThat(candle(OPEN).closeTime()).isEqualTo("2024-01-01T06:00:00Z");
    }

    @Test
    void aCandleOpensAtAWholeMultipleOfItsInterval() {
        assertThatThrownBy(() -> candle(OPEN.plusSeconds(1))).hasMessageContaining("not a whole multiple of 1h");
    }

    @ParameterizedTest
    @CsvSource({
        "10,9,8,9,low <= open",
        "10,12,11,12,low <= open",
        "0,1,0,1,open must be",
        "-1,1,-1,1,open must be",
        "NaN,1,1,1,open must be",
        "1,Infinity,1,1,high must be"
    })
    void impossiblePricesAreNoCandle(double open, double high, double low, double close, String message) {
        assertThatThrownBy(() -> Candle.of(Interval.ONE_HOUR, OPEN, open, high, low, close, Volume.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"-1", "NaN", "Infinity"})
    void impossibleVolumesAreNone(double amount) {
        assertThatThrownBy(() -> Volume.base(amount)).hasMessageContaining("finite and not negative");
    }

    @ParameterizedTest
    @EnumSource(Interval.class)
    void anIntervalIsFoundByItsLabel(Interval interval) {
        assertThat(Interval.of(interval.label())).isEqualTo(interval);
        assertThat(interval.isAligned(interval.floor(Instant.parse("1969-12-31T22:11:33Z"))))
                .isTrue();
    }

    @Test
    void anUnknownIntervalListsTheKnownOnes() {
        assertThatThrownBy(() -> Interval.of("2h"))
                .hasMessage("unknown interval '2h', known are 1m, 5m, 15m, 30m, 1h, 4h, 1d");
    }

    @Test
    void aSeriesKnowsItsGaps() {
        CandleSeries series = CandleSeries.of(
                KEY, List.of(candle(OPEN), candle(OPEN.plusSeconds(3600)), candle(OPEN.plusSeconds(5 * 3600))));
        assertThat(series.gaps())
                .containsExactly(new Gap(Instant.parse("2024-01-01T07:00:00Z"), Instant.parse("2024-01-01T10:00:00Z")));
        assertThat(series.closeTime(2)).isEqualTo("2024-01-01T11:00:00Z");
    }

    @Test
    void aSeriesRefusesWhatIsNotLater() {
        assertThatThrownBy(() -> CandleSeries.of(KEY, List.of(candle(OPEN), candle(OPEN))))
                .hasMessageContaining("strictly increasing");
    }

    @Test
    void turnoverSaysWhatItCounts() {
        CandleSeries.Builder builder = new CandleSeries.Builder(KEY, 3);
        builder.add(0, 50, Volume.base(3));
        builder.add(3600, 50, Volume.trailing24h(900));
        builder.add(7200, 50, Volume.UNKNOWN);
        CandleSeries series = builder.build();
        assertThat(series.turnover(0)).isEqualTo(150);
        assertThat(series.turnoverIsTrailing(0)).isFalse();
        assertThat(series.turnover(1)).isEqualTo(900);
        assertThat(series.turnoverIsTrailing(1)).isTrue();
        assertThat(series.turnover(2)).isNaN();
    }

    @Test
    void aRangeIsKnownWhereTheSourceKnowsMoreThanCloses() {
        Candle closes = new Candle(
                Interval.ONE_HOUR,
                OPEN.plusSeconds(3600),
                11,
                12,
                11,
                12,
                Volume.UNKNOWN,
                true,
                Set.of(CandleFlag.CLOSE_ONLY));
        CandleSeries.Builder builder = new CandleSeries.Builder(KEY, 3);
        builder.add(candle(OPEN));
        builder.add(closes);
        builder.add(OPEN.plusSeconds(7200).getEpochSecond(), 50, Volume.UNKNOWN);
        CandleSeries series = builder.build().slice(0, 3);
        assertThat(series.range(0)).isEqualTo((float) Math.log(12 / 9.0));
        assertThat(series.range(1)).isNaN();
        assertThat(series.range(2)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"'',usd", "Bitcoin,usd", "../x,usd", "bitcoin,USD", "bitcoin,''"})
    void aKeyIsWrittenInCanonicalForm(String asset, String currency) {
        assertThatThrownBy(() -> new SeriesKey(asset, currency, Interval.ONE_HOUR))
                .hasMessageContaining("must");
    }

    private static Candle candle(Instant openTime) {
        return Candle.of(Interval.ONE_HOUR, openTime, 10, 12, 9, 11, Volume.base(1));
    }
}
