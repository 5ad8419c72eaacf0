package io.mlpool.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.market.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/** ta4j computes the same from its own code. */
class IndicatorsTest {

    private static final int BARS = 600;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyIndicatorEqualsTa4jsAtEveryBar(long seed) {
        double[] close = walk(seed);
        Indicators ours = Indicators.of(grid(close));
        ClosePriceIndicator closes = new ClosePriceIndicator(series(close));
        MACDIndicator macd = new MACDIndicator(closes, 12, 26);

        assertEqual(ours.rsi(), new RSIIndicator(closes, 14));
        assertEqual(ours.macd(), macd);
        assertEqual(ours.macdHistogram(), macd.getHistogram(9));
    }

    @Test
    void pricesThatDoNotMoveHaveNoStrengthAndPricesThatOnlyRiseAllOfIt() {
        double[] flat = new double[50];
        Arrays.fill(flat, 7);
        double[] rising = new double[50];
        Arrays.setAll(rising, i -> 1 + i);

        assertThat(Indicators.of(grid(flat)).rsi()).containsOnly(0);
        assertThat(Indicators.of(grid(flat)).macd()).containsOnly(0);
        assertThat(Indicators.of(grid(rising)).rsi()[49]).isEqualTo(100);
    }

    private static void assertEqual(double[] ours, Indicator<Num> theirs) {
        for (int i = FeatureSchema.WARM_UP - 1; i < BARS; i++) {
            assertThat(ours[i]).isCloseTo(theirs.getValue(i).doubleValue(), within(1e-9));
        }
    }

    private static double[] walk(long seed) {
        Random random = new Random(seed);
        double[] close = new double[BARS];
        double price = 100;
        for (int i = 0; i < BARS; i++) {
            price *= random.nextInt(10) == 0 ? 1 : Math.exp(0.01 * random.nextGaussian());
            close[i] = price;
        }
        return close;
    }

    private static PriceGrid grid(double[] close) {
        return new PriceGrid(
                Interval.ONE_HOUR,
                0,
                new double[close.length],
                close,
                new double[close.length],
                new boolean[close.length],
                new boolean[close.length]);
    }

    private static BarSeries series(double[] close) {
        BarSeries series = new BaseBarSeriesBuilder()
                .withNumFactory(DoubleNumFactory.getInstance())
                .build();
        for (int i = 0; i < close.length; i++) {
            series.barBuilder()
                    .timePeriod(Duration.ofHours(1))
                    .endTime(Instant.EPOCH.plus(Duration.ofHours(i + 1)))
                    .openPrice(close[i])
                    .highPrice(close[i])
                    .lowPrice(close[i])
                    .closePrice(close[i])
                    .volume(0)
                    .add();
        }
        return series;
    }
}
