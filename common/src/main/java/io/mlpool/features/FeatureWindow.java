package io.mlpool.features;

import io.mlpool.market.CandleSeries;
import java.time.Instant;
import java.util.Arrays;

/**
 * What a model sees when it forecasts: {@code [steps x width]} values of candles closed at or before {@code asOf}.
 *
 * @param asset whose price it is about
 * @param asOf close time of the newest candle in it, UTC
 * @param lastPrice close of that candle
 * @param volatility of a bar's log return at that time; forecasts are in units of it
 * @param values row by row, oldest first
 */
public record FeatureWindow(
        FeatureSchema schema, String asset, Instant asOf, double lastPrice, double volatility, float[] values) {

    public FeatureWindow {
        if (values.length != schema.steps() * schema.width()) {
            throw new IllegalArgumentException(
                    "a window has %d x %d values, found %d".formatted(schema.steps(), schema.width(), values.length));
        }
        if (!(lastPrice > 0) || !(volatility > 0)) {
            throw new IllegalArgumentException(
                    "last price and volatility must be positive, found %s and %s".formatted(lastPrice, volatility));
        }
    }

    /**
     * The window that ends at the newest candle of the series.
     *
     * @throws HistoryTooShortException when fewer than {@link FeatureSchema#windowBars()} consecutive candles are there
     */
    public static FeatureWindow newest(FeatureSchema schema, CandleSeries series, MarketFactor market) {
        java.util.List<PriceGrid> stretches = PriceGrid.of(series);
        int bars = stretches.isEmpty() ? 0 : stretches.getLast().size();
        if (bars < schema.windowBars()) {
            throw new HistoryTooShortException(series.key(), bars, schema.windowBars());
        }
        FeatureFrame frame = FeatureFrame.of(schema, series, market).getLast();
        return frame.window(frame.rows() - 1);
    }

    /** The features of the newest candle, a copy. */
    public float[] newest() {
        return Arrays.copyOfRange(values, values.length - schema.width(), values.length);
    }
}
