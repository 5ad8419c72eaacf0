package io.mlpool.serving.book;

import io.mlpool.features.FeatureWindow;
import io.mlpool.model.Horizon;
import io.mlpool.serving.forecast.Rendered;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What the book says about an asset.
 *
 * @param version of the model that was asked
 * @param asOf close time of the newest candle it was asked about
 * @param forecasts by horizon; empty when refused
 * @param features of the newest candle, in the order of the model's schema; empty when refused
 * @param refusal why there are none; empty when there are
 */
public record BookEntry(
        int version, Instant asOf, NavigableMap<Horizon, Rendered> forecasts, float[] features, String refusal) {

    static BookEntry of(int version, FeatureWindow window, Map<Horizon, Rendered> forecasts) {
        return new BookEntry(version, window.asOf(), new TreeMap<>(forecasts), window.newest(), "");
    }

    static BookEntry refused(int version, Instant asOf, String reason) {
        return new BookEntry(version, asOf, new TreeMap<>(), new float[0], reason);
    }

    boolean isUpToDate(int liveVersion, Instant newestClose) {
        return version == liveVersion && !asOf.isBefore(newestClose);
    }
}
