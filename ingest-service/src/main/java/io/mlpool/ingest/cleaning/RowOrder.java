package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import java.util.Comparator;

/** Rows of one series and venue together, oldest first; rows of the same time in the order in which they were told. */
final class RowOrder {

    static final Comparator<RawCandle> OF_SERIES = Comparator.<RawCandle, String>comparing(
                    row -> row.key().asset())
            .thenComparing(row -> row.key().vsCurrency())
            .thenComparing(row -> row.key().interval())
            .thenComparing(RawCandle::venue);

    static final Comparator<RawCandle> INSTANCE = RowOrder::compare;

    private RowOrder() {}

    static boolean sameSeries(RawCandle a, RawCandle b) {
        return a.key().equals(b.key()) && a.venue().equals(b.venue());
    }

    private static int compare(RawCandle a, RawCandle b) {
        int series = sameSeries(a, b) ? 0 : OF_SERIES.compare(a, b);
        return series != 0 ? series : a.openTime().compareTo(b.openTime());
    }
}
