package io.mlpool.training.dataset;

import io.mlpool.market.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which candles to learn from.
 *
 * @param assets empty for every asset that has candles of the interval
 * @param until close time of the newest candle to use (inclusive); absent for all there are
 * @param steps bars in a window: an asset without that much history is left out
 */
public record DatasetRequest(Interval interval, List<String> assets, Optional<Instant> until, int steps) {

    public DatasetRequest {
        assets = List.copyOf(assets);
    }
}
