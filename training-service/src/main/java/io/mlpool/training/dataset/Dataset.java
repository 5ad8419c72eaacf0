package io.mlpool.training.dataset;

import io.mlpool.features.FeatureFrame;
import io.mlpool.features.FeatureSchema;
import io.mlpool.features.MarketFactor;
import io.mlpool.market.CandleSeries;
import io.mlpool.model.ForecastShape;
import java.util.List;

/**
 * A snapshot with its candles.
 *
 * @param series in the order of the snapshot's assets
 */
public record Dataset(DatasetSnapshot snapshot, List<CandleSeries> series) {

    public Dataset {
        series = List.copyOf(series);
    }

    /** Whether a version is that of these candles as it was named until schema price-v3, when ranges did not count. */
    public boolean isOfVersionWithoutRanges(String version) {
        return CandleDigest.withoutRanges(series).equals(version);
    }

    /** What a model of this data sees. */
    public FeatureSchema schema(int steps) {
        return FeatureSchema.price(snapshot.interval(), steps, snapshot.market());
    }

    /** All windows that have at least one known target, in the order of their close times. */
    public WindowSet windows(FeatureSchema schema, ForecastShape shape) {
        return windows(schema, shape, List.of());
    }

    /**
     * The windows as a model with another market factor sees them.
     *
     * @param market series of its factor that are not among this data's
     */
    public WindowSet windows(FeatureSchema schema, ForecastShape shape, List<CandleSeries> market) {
        List<CandleSeries> known = new java.util.ArrayList<>(series);
        known.addAll(market);
        MarketFactor factor = MarketFactor.of(schema, known);
        List<FeatureFrame> frames = series.stream()
                .flatMap(one -> FeatureFrame.of(schema, one, factor).stream())
                .toList();
        return WindowCutter.cut(schema, shape, frames);
    }
}
