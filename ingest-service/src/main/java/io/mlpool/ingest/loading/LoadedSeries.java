package io.mlpool.ingest.loading;

import io.mlpool.market.SeriesKey;
import java.time.Instant;

/**
 * What became of the candles of one series and venue.
 *
 * @param seriesId number of the series in PostgreSQL
 * @param venue who observed it, {@code derived} for candles made of shorter ones
 * @param firstOpen open time of the oldest candle (inclusive)
 * @param lastOpen open time of the newest candle (inclusive)
 * @param candles how many were offered
 * @param added how many were not there before
 * @param replaced how many were there with other values
 * @param keptFromOtherVenue how many another venue had told before
 */
public record LoadedSeries(
        SeriesKey key,
        int seriesId,
        String venue,
        Instant firstOpen,
        Instant lastOpen,
        long candles,
        long added,
        long replaced,
        long keptFromOtherVenue) {

    public long written() {
        return added + replaced;
    }

    public long unchanged() {
        return candles - written() - keptFromOtherVenue;
    }
}
