package io.mlpool.ingest;

import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Instant;

/**
 * A row as its source tells it; nothing is checked yet, prices may be NaN, zero or out of order.
 *
 * @param key the series it belongs to
 * @param venue who observed it: {@code binance}, {@code coingecko}
 * @param line where it stands in its payload, counted from 1, for reports
 * @param volumeAmount NaN when the source does not say
 * @param closeOnly the source knows only the close; open, high and low repeat it
 * @param finished whether the source says that the period is over; the clock is asked as well
 */
public record RawCandle(
        SeriesKey key,
        String venue,
        long line,
        Instant openTime,
        double open,
        double high,
        double low,
        double close,
        double volumeAmount,
        Volume.Kind volumeKind,
        boolean closeOnly,
        boolean finished) {}
