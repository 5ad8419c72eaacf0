package io.mlpool.serving.anomalies;

import io.mlpool.market.CandleFlag;
import io.mlpool.market.Volume;
import java.time.Instant;

/**
 * What is looked at of a finished candle.
 *
 * @param flags sum of {@link CandleFlag#bit()}
 */
record WatchedCandle(Instant openTime, double high, double low, double close, Volume volume, int flags) {

    /** Whether high and low are measured rather than taken from two closes. */
    boolean hasRange() {
        return (flags & CandleFlag.CLOSE_ONLY.bit()) == 0;
    }
}
