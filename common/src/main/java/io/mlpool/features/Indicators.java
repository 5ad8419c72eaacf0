package io.mlpool.features;

import java.time.Duration;
import java.time.Instant;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/**
 * ta4j's indicators over the closes of a stretch. Their smoothing never ends, but after the warm-up of a schema what lies
 * before it weighs less than 1e-8.
 *
 * @param rsi relative strength index of 14 bars, 0 to 100
 * @param macd moving average convergence divergence of 12 and 26 bars, in prices
 * @param macdHistogram macd less its exponential average of 9 bars, in prices
 */
record Indicators(double[] rsi, double[] macd, double[] macdHistogram) {

    static Indicators of(PriceGrid grid) {
        ClosePriceIndicator close = new ClosePriceIndicator(series(grid));
        MACDIndicator macd = new MACDIndicator(close, 12, 26);
        return new Indicators(
                values(new RSIIndicator(close, 14), grid.size()),
                values(macd, grid.size()),
                values(macd.getHistogram(9), grid.size()));
    }

    private static BarSeries series(PriceGrid grid) {
        BarSeries series = new BaseBarSeriesBuilder()
                .withNumFactory(DoubleNumFactory.getInstance())
                .build();
        Duration period = grid.interval().duration();
        for (int i = 0; i < grid.size(); i++) {
            double price = grid.close()[i];
            series.barBuilder()
                    .timePeriod(period)
                    .endTime(Instant.ofEpochSecond(grid.openSecond(i)).plus(period))
                    .openPrice(price)
                    .highPrice(price)
                    .lowPrice(price)
                    .closePrice(price)
                    .volume(0)
                    .add();
        }
        return series;
    }

    private static double[] values(Indicator<Num> indicator, int size) {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = indicator.getValue(i).doubleValue();
        }
        return values;
    }
}
