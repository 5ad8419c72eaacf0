package io.mlpool.serving.book;

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
 * @param refusal why there are none; empty when there are
 */
public record BookEntry(int version, Instant asOf, NavigableMap<Horizon, Rendered> forecasts, String refusal) {

    static BookEntry of(int version, Instant asOf, Map<Horizon, Rendered> forecasts) {
        return new BookEntry(version, asOf, new TreeMap<>(forecasts), "");
    }

    static BookEntry refused(int version, Instant asOf, String reason) {
        return new BookEntry(version, asOf, new TreeMap<>(), reason);
    }

    boolean isUpToDate(int liveVersion, Instant newestClose) {
        return version == liveVersion && !asOf.isBefore(newestClose);
    }
}
