package io.mlpool.ingest.loading;

import io.mlpool.ingest.cleaning.CleanCandle;
import io.mlpool.market.CandleFlag;
import io.mlpool.market.SeriesKey;
import java.time.Instant;

/** The candles of one venue and series that wait in the staging table. */
final class StagedSeries {

    final int number;
    final SeriesKey key;
    final String venue;
    final Instant firstOpen;
    final boolean opensWithCloseOnly;
    Instant lastOpen;
    long candles;

    StagedSeries(int number, CleanCandle first) {
        this.number = number;
        key = first.key();
        venue = first.venue();
        firstOpen = first.candle().openTime();
        opensWithCloseOnly = first.candle().flags().contains(CandleFlag.CLOSE_ONLY);
        lastOpen = firstOpen;
    }

    boolean holds(CleanCandle candle) {
        return key.equals(candle.key()) && venue.equals(candle.venue());
    }

    void count(CleanCandle candle) {
        lastOpen = candle.candle().openTime();
        candles++;
    }
}
