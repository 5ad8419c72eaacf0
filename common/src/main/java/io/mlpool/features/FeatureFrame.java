package io.mlpool.features;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.SeriesKey;
import java.time.Instant;
import java.util.List;

/**
 * The features of one stretch of bars: {@code [rows x width]}, a row per bar, computed at once. Training cuts all of its
 * windows from frames over years, serving cuts the newest window from a frame over a few weeks: one code path for both.
 */
public final class FeatureFrame {

    /** Values beyond this many units are cut: one absurd value must not drown the others. */
    public static final double CLIP = 10;

    private final SeriesKey key;
    private final FeatureSchema schema;
    private final PriceGrid grid;
    private final float[] values;
    private final double[] volatility;

    private FeatureFrame(SeriesKey key, FeatureSchema schema, Bars bars) {
        this.key = key;
        this.schema = schema;
        this.grid = bars.grid();
        this.values = new float[Math.multiplyExact(grid.size(), schema.width())];
        this.volatility = new double[grid.size()];
        List<Feature> features = PriceFeatures.of(schema.version());
        for (int i = 0; i < grid.size(); i++) {
            volatility[i] = bars.volatility(i);
            if (i >= FeatureSchema.WARM_UP - 1) {
                fill(features, bars, i);
            }
        }
    }

    /**
     * The frames of a series, one for each stretch that no long gap interrupts, oldest first; a stretch too short for a single
     * window is left out.
     */
    public static List<FeatureFrame> of(FeatureSchema schema, CandleSeries series, MarketFactor market) {
        return PriceGrid.of(series).stream()
                .filter(grid -> grid.size() >= schema.windowBars())
                .map(grid -> new FeatureFrame(series.key(), schema, new Bars(grid, market)))
                .toList();
    }

    /** Whether the series has a stretch long enough for a window; cheap, no feature is computed. */
    public static boolean isPossible(FeatureSchema schema, CandleSeries series) {
        return PriceGrid.of(series).stream().anyMatch(grid -> grid.size() >= schema.windowBars());
    }

    public SeriesKey key() {
        return key;
    }

    public FeatureSchema schema() {
        return schema;
    }

    /** Number of bars. */
    public int rows() {
        return grid.size();
    }

    public Instant openTime(int row) {
        return Instant.ofEpochSecond(grid.openSecond(row));
    }

    /** When the features of this row became known. */
    public Instant closeTime(int row) {
        return openTime(row).plus(grid.interval().duration());
    }

    public double close(int row) {
        return grid.close()[row];
    }

    /** Quote currency traded in the day up to this bar's close; NaN where that is not known. */
    public double turnover(int row) {
        return grid.dayTurnover(row);
    }

    /** Volatility of a bar's log return, see {@link Volatility}; NaN during the warm-up. */
    public double volatility(int row) {
        return volatility[row];
    }

    /** False where the bar is a filled gap: nothing was observed, so nothing is forecast from it or scored against it. */
    public boolean isObserved(int row) {
        return grid.observed()[row];
    }

    /** The value of a feature; 0 during the warm-up. */
    public float value(int row, int feature) {
        return values[row * schema.width() + feature];
    }

    /** Whether a window can end at this row: enough history, and the bar was observed. */
    public boolean hasWindow(int row) {
        return row >= schema.windowBars() - 1 && isObserved(row);
    }

    /** The window that ends at this row. */
    public FeatureWindow window(int row) {
        float[] window = new float[schema.steps() * schema.width()];
        copyWindow(row, window, 0);
        return new FeatureWindow(schema, key.asset(), closeTime(row), close(row), volatility(row), window);
    }

    /** Copies the window that ends at this row, {@code [steps x width]} row by row, oldest first. */
    public void copyWindow(int row, float[] target, int offset) {
        if (!hasWindow(row)) {
            throw new IllegalArgumentException(
                    "no window ends at row %d of %s: %d rows of history are needed and the bar must be observed"
                            .formatted(row, key, schema.windowBars()));
        }
        int from = (row - schema.steps() + 1) * schema.width();
        System.arraycopy(values, from, target, offset, schema.steps() * schema.width());
    }

    private void fill(List<Feature> features, Bars bars, int row) {
        int at = row * schema.width();
        for (Feature feature : features) {
            double value = feature.value().at(bars, row);
            values[at++] = Double.isFinite(value) ? (float) Math.clamp(value, -CLIP, CLIP) : 0f;
        }
    }
}
