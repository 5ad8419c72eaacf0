package io.mlpool.ingest.files;

import io.mlpool.ingest.symbols.SymbolMap.Meaning;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.time.Instant;
import java.util.List;

/**
 * The series of one symbol through time: a ticker that was used again for another coin has several, one after the other.
 *
 * @param symbol as the file writes it
 */
record Instrument(String symbol, List<Span> spans) {

    /** One series and the time for which it holds. */
    record Span(Instant from, Instant until, SeriesKey key) {}

    static Instrument of(SeriesKey key) {
        return new Instrument(key.asset(), List.of(new Span(Instant.MIN, Instant.MAX, key)));
    }

    static Instrument of(String symbol, List<Meaning> meanings, String vsCurrency, Interval interval) {
        return new Instrument(
                symbol,
                meanings.stream()
                        .map(m -> new Span(m.from(), m.until(), new SeriesKey(m.asset(), vsCurrency, interval)))
                        .toList());
    }

    SeriesKey keyAt(Instant time) {
        if (spans.size() > 1) {
            for (Span span : spans) {
                if (!time.isBefore(span.from) && time.isBefore(span.until)) {
                    return span.key;
                }
            }
        }
        return spans.getLast().key;
    }
}
