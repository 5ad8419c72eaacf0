package io.mlpool.ingest.cleaning;

import io.mlpool.market.Candle;
import io.mlpool.market.SeriesKey;

/** A candle that may be stored, the series it belongs to and who observed it. */
public record CleanCandle(SeriesKey key, String venue, Candle candle) {}
