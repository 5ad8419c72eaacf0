package io.mlpool.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Instant;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureFrameTest {

    private static final FeatureSchema SCHEMA = FeatureSchema.price(Interval.ONE_HOUR, 4, List.of("bitcoin"));
    private static final int LAST = 599;

    @Test
    void aSteadyRiseIsASteadyScaledReturn() {
        FeatureFrame frame = frame(i -> 100 * Math.exp(0.001 * i), i -> 5);
        assertThat(frame.volatility(LAST)).isCloseTo(0.001, within(1e-9));
        assertThat(value(frame, "return_1")).isCloseTo(1f, within(1e-4f));
        assertThat(value(frame, "return_4")).isCloseTo(2f, within(1e-4f));
        assertThat(value(frame, "return_24")).isCloseTo((float) Math.sqrt(24), within(1e-4f));
        assertThat(value(frame, "volatility")).isCloseTo((float) Math.log(0.001), within(1e-4f));
        assertThat(value(frame, "volatility_24")).isCloseTo(0f, within(1e-4f));
        assertThat(value(frame, "rsi_14")).isCloseTo(1f, within(1e-4f));
        assertThat(value(frame, "strength_24")).isCloseTo(1f, within(1e-4f));
        assertThat(value(frame, "range_168")).isCloseTo(1f, within(1e-4f));
        assertThat(value(frame, "drawdown_168")).isZero();
        assertThat(value(frame, "leader_return_1")).isCloseTo(1f, within(1e-4f));
        assertThat(value(frame, "market_return_24")).isCloseTo((float) Math.sqrt(24), within(1e-4f));
    }

    @Test
    void aSteadyRiseHasMovesOfOneSizeAndNoneDown() {
        FeatureFrame frame = frame(i -> 100 * Math.exp(0.001 * i), i -> 5);
        for (String feature : List.of(
                "volatility_3",
                "volatility_336",
                "ewma_volatility_2",
                "mean_move_24",
                "largest_move_168",
                "season_1")) {
            assertThat(value(frame, feature)).as(feature).isCloseTo(0f, within(1e-4f));
        }
        assertThat(value(frame, "downside_24")).isCloseTo((float) Math.log(Volatility.FLOOR / 0.001), within(1e-3f));
        assertThat(value(frame, "still_24")).isZero();
        double day = 24 * 5 * 100 * Math.exp(0.001 * (LAST - 11.5));
        assertThat(value(frame, "turnover")).isCloseTo((float) Math.log10(day) - 7, within(1e-3f));
    }

    @Test
    void anHourThatMovesEveryDayIsTheSeasonOfTheHourBefore() {
        double[] close = new double[LAST + 1];
        for (int i = 0; i < close.length; i++) {
            double size = i % 24 == 15 ? 0.04 : 0.01;
            close[i] = (i == 0 ? Math.log(100) : close[i - 1]) + (i % 2 == 0 ? size : -size);
        }
        FeatureFrame frame = frame(i -> Math.exp(close[i]), i -> 5);
        double usual = (0.04 + 23 * 0.01) / 24;
        int before = 24 * 20 + 14;
        assertThat(frame.value(before, index("season_1"))).isCloseTo((float) Math.log(0.04 / usual), within(1e-4f));
        assertThat(frame.value(before + 1, index("season_1"))).isCloseTo((float) Math.log(0.01 / usual), within(1e-4f));
        assertThat(frame.value(before - 3, index("season_4"))).isCloseTo((float) Math.log(0.02 / usual), within(1e-4f));
        assertThat(frame.value(before, index("largest_move_24")))
                .isEqualTo(frame.value(before, index("largest_move_168")));
    }

    @Test
    void theRangesOfBarsAreAVolatilityAfterParkinson() {
        CandleSeries.Builder builder = new CandleSeries.Builder(SeriesKey.usd("bitcoin", Interval.ONE_HOUR), 600);
        for (int i = 0; i <= LAST; i++) {
            double close = 100 * Math.exp(0.001 * i);
            double range = i == LAST ? 0.02 : 0.004;
            builder.add(epoch(i), close * Math.exp(range), close, close, Volume.base(5));
        }
        CandleSeries series = builder.build();
        FeatureFrame frame = FeatureFrame.of(SCHEMA, series, MarketFactor.of(SCHEMA, List.of(series)))
                .getFirst();
        double factor = 0.001 * Math.sqrt(4 * Math.log(2));
        assertThat(value(frame, "parkinson_1")).isCloseTo((float) Math.log(0.02 / factor), within(1e-4f));
        double mean = Math.sqrt((0.02 * 0.02 + 5 * 0.004 * 0.004) / 6);
        assertThat(value(frame, "parkinson_6")).isCloseTo((float) Math.log(mean / factor), within(1e-4f));
        assertThat(frame.value(LAST - 1, index("parkinson_24")))
                .isCloseTo((float) Math.log(0.004 / factor), within(1e-4f));
    }

    @Test
    void whereNoRangeIsKnownTheReturnStandsIn() {
        FeatureFrame frame = frame(i -> 100 * Math.exp(0.01 * Math.sin(i)), i -> 5);
        assertThat(value(frame, "parkinson_3")).isEqualTo(value(frame, "volatility_3"));
        assertThat(value(frame, "parkinson_24")).isEqualTo(value(frame, "volatility_24"));
    }

    @ParameterizedTest
    @CsvSource({"price-v1,31", "price-v2,50"})
    void modelsOfASchemaBeforeStillSeeWhatTheySaw(String version, int width) {
        FeatureSchema before = FeatureSchema.price(version, Interval.ONE_HOUR, 4, List.of("bitcoin"));
        CandleSeries series = series(700, i -> 100 + i % 7, i -> 5, -1, -1);
        FeatureFrame then = FeatureFrame.of(before, series, MarketFactor.of(before, List.of(series)))
                .getFirst();
        FeatureFrame now = FeatureFrame.of(SCHEMA, series, MarketFactor.of(SCHEMA, List.of(series)))
                .getFirst();
        assertThat(before.names()).hasSize(width).isEqualTo(SCHEMA.names().subList(0, width));
        for (int feature = 0; feature < before.width(); feature++) {
            assertThat(then.value(LAST, feature)).isEqualTo(now.value(LAST, feature));
        }
    }

    @Test
    void aFallFromTheTopShowsInDrawdownAndRange() {
        FeatureFrame frame = frame(i -> i % 2 == 0 ? 100 : i == LAST ? 90 : 101, i -> 5);
        assertThat(value(frame, "range_24")).isEqualTo(-1f);
        assertThat(value(frame, "drawdown_168"))
                .isCloseTo((float) (Math.log(90 / 101.0) / (frame.volatility(LAST) * Math.sqrt(168))), within(1e-4f));
    }

    @Test
    void aBurstOfTradingShowsInTurnover() {
        FeatureFrame frame = frame(i -> 100, i -> i == LAST ? 125 : 5);
        assertThat(value(frame, "turnover_change_1")).isCloseTo((float) Math.log(2), within(1e-4f));
        assertThat(value(frame, "turnover_score_168")).isGreaterThan(5f);
    }

    @Test
    void aFlatSeriesHasFiniteFeatures() {
        FeatureFrame frame = frame(i -> 1, i -> 0);
        for (int feature = 0; feature < SCHEMA.width(); feature++) {
            assertThat(frame.value(LAST, feature)).isFinite();
        }
        assertThat(frame.volatility(LAST)).isEqualTo(Volatility.FLOOR);
    }

    @Test
    void theClockFeaturesAreThoseOfTheCloseInUtc() {
        FeatureFrame frame = frame(i -> 100, i -> 5);
        assertThat(frame.closeTime(0)).isEqualTo(Instant.parse("2024-01-01T01:00:00Z"));
        int row = 24 * 20 + 5;
        assertThat(frame.value(row, index("hour_sin"))).isCloseTo(1f, within(1e-6f));
        assertThat(frame.value(row, index("weekday_sin")))
                .isCloseTo((float) Math.sin(2 * Math.PI * 6 / 7), within(1e-6f));
    }

    @Test
    void aShortGapIsFilledButNoWindowEndsInIt() {
        CandleSeries series = series(700, i -> 100 + i % 7, i -> 5, 600, 603);
        List<FeatureFrame> frames = FeatureFrame.of(SCHEMA, series, MarketFactor.of(SCHEMA, List.of(series)));
        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst().hasWindow(599)).isTrue();
        assertThat(frames.getFirst().hasWindow(601)).isFalse();
        assertThat(frames.getFirst().hasWindow(603)).isTrue();
    }

    @Test
    void aLongGapEndsTheFrameAndTheNextOneWarmsUpAgain() {
        CandleSeries series = series(1_400, i -> 100 + i % 7, i -> 5, 600, 620);
        List<FeatureFrame> frames = FeatureFrame.of(SCHEMA, series, MarketFactor.of(SCHEMA, List.of(series)));
        assertThat(frames).hasSize(2);
        assertThat(frames.getFirst().rows()).isEqualTo(600);
        assertThat(frames.getLast().hasWindow(SCHEMA.windowBars() - 2)).isFalse();
        assertThat(frames.getLast().hasWindow(SCHEMA.windowBars() - 1)).isTrue();
    }

    @Test
    void aTooShortHistoryIsRefusedWithNumbers() {
        CandleSeries series = series(100, i -> 100, i -> 5, -1, -1);
        assertThatThrownBy(() -> FeatureWindow.newest(SCHEMA, series, MarketFactor.of(SCHEMA, List.of())))
                .isInstanceOf(HistoryTooShortException.class)
                .hasMessageContaining("has 100 consecutive candles")
                .hasMessageContaining("needs " + SCHEMA.windowBars());
    }

    @Test
    void turnoverThatASourceReportsForADayEqualsTheSumOfADay() {
        SeriesKey key = SeriesKey.usd("bitcoin", Interval.ONE_HOUR);
        CandleSeries.Builder hourly = new CandleSeries.Builder(key, 600);
        CandleSeries.Builder trailing = new CandleSeries.Builder(key, 600);
        for (int i = 0; i < 600; i++) {
            double day = 0;
            for (int k = Math.max(0, i - 23); k <= i; k++) {
                day += (3 + k % 5) * 100.0;
            }
            hourly.add(epoch(i), 100, Volume.base(3 + i % 5));
            trailing.add(epoch(i), 100, Volume.trailing24h(day));
        }
        float[] fromHours = newest(hourly.build());
        float[] fromDays = newest(trailing.build());
        assertThat(fromDays).containsExactly(fromHours, within(1e-5f));
    }

    @Test
    void theTurnoverOfADayOfBarsOfFiveMinutesIsTheSameFromASourceThatReportsDays() {
        SeriesKey key = SeriesKey.usd("bitcoin", Interval.of("5m"));
        FeatureSchema schema = FeatureSchema.price(key.interval(), 4, List.of("bitcoin"));
        CandleSeries.Builder bars = new CandleSeries.Builder(key, 600);
        CandleSeries.Builder days = new CandleSeries.Builder(key, 600);
        for (int i = 0; i < 600; i++) {
            bars.add(epoch(0) + i * 300L, 100, Volume.base(5));
            days.add(epoch(0) + i * 300L, 100, Volume.trailing24h(288 * 5 * 100));
        }
        for (CandleSeries series : List.of(bars.build(), days.build())) {
            FeatureFrame frame = FeatureFrame.of(schema, series, MarketFactor.of(schema, List.of()))
                    .getFirst();
            assertThat(frame.turnover(LAST)).isCloseTo(288 * 5 * 100, within(1e-6));
        }
    }

    private static float[] newest(CandleSeries series) {
        return FeatureWindow.newest(SCHEMA, series, MarketFactor.of(SCHEMA, List.of(series)))
                .values();
    }

    private static FeatureFrame frame(IntToDoubleFunction price, IntToDoubleFunction volume) {
        CandleSeries series = series(LAST + 1, price, volume, -1, -1);
        return FeatureFrame.of(SCHEMA, series, MarketFactor.of(SCHEMA, List.of(series)))
                .getFirst();
    }

    private static CandleSeries series(
            int bars, IntToDoubleFunction price, IntToDoubleFunction volume, int gapFrom, int gapTo) {
        CandleSeries.Builder builder = new CandleSeries.Builder(SeriesKey.usd("bitcoin", Interval.ONE_HOUR), bars);
        for (int i = 0; i < bars; i++) {
            if (i < gapFrom || i >= gapTo) {
                builder.add(epoch(i), price.applyAsDouble(i), Volume.base(volume.applyAsDouble(i)));
            }
        }
        return builder.build();
    }

    private static long epoch(int hour) {
        return Instant.parse("2024-01-01T00:00:00Z").getEpochSecond() + hour * 3600L;
    }

    private static float value(FeatureFrame frame, String feature) {
        return frame.value(LAST, index(feature));
    }

    private static int index(String feature) {
        return SCHEMA.names().indexOf(feature);
    }
}
