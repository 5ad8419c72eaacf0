package io.mlpool.market;

import java.time.Instant;

/**
 * What is held of a series.
 *
 * @param firstOpen open time of the oldest finished candle
 * @param lastOpen open time of the newest finished candle
 */
public record SeriesSummary(SeriesKey key, Instant firstOpen, Instant lastOpen) {

    /** When the newest finished candle closed. */
    public Instant lastClose() {
        return lastOpen.plus(key.interval().duration());
    }
}
