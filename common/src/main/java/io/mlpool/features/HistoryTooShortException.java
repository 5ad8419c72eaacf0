package io.mlpool.features;

import io.mlpool.market.SeriesKey;

/** A series has too few consecutive candles for a window; it is refused, not padded. */
public final class HistoryTooShortException extends RuntimeException {

    private final int found;
    private final int needed;

    public HistoryTooShortException(SeriesKey key, int found, int needed) {
        super("%s has %d consecutive candles up to its newest, a forecast needs %d".formatted(key, found, needed));
        this.found = found;
        this.needed = needed;
    }

    /** Consecutive candles up to the newest one. */
    public int found() {
        return found;
    }

    public int needed() {
        return needed;
    }
}
