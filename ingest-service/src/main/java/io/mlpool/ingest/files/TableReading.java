package io.mlpool.ingest.files;

import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RowSink;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.ingest.files.Layout.Content;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one table: knows its layout from its head, what it is about from its naming, and tells every line to the sink. */
final class TableReading {

    /** Nobody trades more on one venue; without an end a made-up file would fill the memory. */
    private static final int MOST_SYMBOLS = 10_000;

    private final Naming naming;
    private final Layout layout;
    private final Interval interval;
    private final String venue;
    private final RowSink sink;
    private final TradeCandles trades;
    private final String symbol;
    private final Map<String, Optional<Instrument>> instruments = new HashMap<>();
    private final Map<Instrument, SeriesKey> meant = new HashMap<>();
    private @Nullable Instrument only;

    private TableReading(Naming naming, Head head, String symbol, RowSink sink) {
        this.naming = naming;
        this.sink = sink;
        this.symbol = symbol;
        layout = head.layout();
        interval = layout.content() == Content.TRADES ? naming.intervalOfTrades() : naming.interval(head.spacing());
        venue = naming.venue();
        trades = new TradeCandles(venue, sink);
        if (layout.symbol() == Layout.NONE) {
            only = instrument(symbol);
        }
    }

    /**
     * Reads to the end.
     *
     * @param symbol what the document around the table says it is about; empty when nothing
     */
    static void read(Table table, Head head, Naming naming, String symbol, RowSink sink) throws IOException {
        TableReading reading = new TableReading(naming, head, symbol, sink);
        head.lines().forEach(reading::read);
        for (Line line = table.next(); line != null; line = table.next()) {
            if (!line.isBlank()) {
                reading.read(line);
            }
        }
        reading.trades.finish();
    }

    private void read(Line line) {
        if (line.size() < layout.width()) {
            sink.unreadable(
                    line.number(), "%d fields, expected %d".formatted(line.size(), layout.width()), line.toString());
            return;
        }
        try {
            Instant time = Naming.instant(line.micros(layout.time()));
            SeriesKey key = keyOf(line, time);
            if (layout.content() == Content.TRADES) {
                trade(line, key, time);
            } else {
                candle(line, key, time);
            }
        } catch (IllegalArgumentException e) {
            sink.unreadable(line.number(), String.valueOf(e.getMessage()), line.toString());
        }
    }

    private void candle(Line line, SeriesKey key, Instant time) {
        boolean closeOnly = layout.content() != Content.CANDLES;
        double close = line.number(layout.close());
        sink.row(new RawCandle(
                key,
                venue,
                line.number(),
                layout.content() == Content.SNAPSHOTS ? time.minus(interval.duration()) : time,
                closeOnly ? close : line.number(layout.open()),
                closeOnly ? close : line.number(layout.high()),
                closeOnly ? close : line.number(layout.low()),
                close,
                layout.volume() == Layout.NONE ? Double.NaN : line.number(layout.volume()),
                layout.volumeKind(),
                closeOnly,
                true));
    }

    private void trade(Line line, SeriesKey key, Instant time) {
        double price = line.number(layout.close());
        double size = layout.volume() == Layout.NONE ? Double.NaN : line.number(layout.volume());
        if (!(price > 0 && price < Double.MAX_VALUE)) {
            sink.unreadable(line.number(), "a trade at price " + price, line.toString());
            return;
        }
        trades.trade(key, line.number(), time, price, size);
    }

    private SeriesKey keyOf(Line line, Instant time) {
        Instrument instrument = only != null ? only : named(line.text(layout.symbol()));
        SeriesKey key = instrument.keyAt(time);
        if (instrument.spans().size() > 1) {
            noteChange(line, instrument, key);
        }
        return key;
    }

    /** What a line is about; one that names nothing of use is left out alone. */
    private Instrument named(String said) {
        if (instruments.size() == MOST_SYMBOLS && !instruments.containsKey(said)) {
            throw new IllegalArgumentException("more than %d symbols in one table".formatted(MOST_SYMBOLS));
        }
        return instruments
                .computeIfAbsent(said, this::instrumentIfAny)
                .orElseThrow(() -> new IllegalArgumentException("'%s' names no pair".formatted(said)));
    }

    private Optional<Instrument> instrumentIfAny(String said) {
        try {
            return Optional.of(instrument(said.isEmpty() ? symbol : said));
        } catch (UnreadablePayloadException e) {
            return Optional.empty();
        }
    }

    private void noteChange(Line line, Instrument instrument, SeriesKey key) {
        SeriesKey before = meant.put(instrument, key);
        if (before != null && !key.equals(before)) {
            sink.noted(
                    Reason.TICKER_REUSED,
                    line.number(),
                    "%s: %s here, %s in its line before".formatted(instrument.symbol(), key, before));
        }
    }

    private Instrument instrument(String said) {
        Instrument instrument = naming.instrument(said, interval);
        if (naming.isUnmapped(instrument)) {
            sink.noted(Reason.UNMAPPED_SYMBOL, 0, instrument.symbol());
        }
        return instrument;
    }
}
