package io.mlpool.ingest.files;

import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RowSink;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes candles of trades in any order. Memory is bounded: beyond 100,000 open periods the one begun first is closed; a later trade
 * in it would then be told as a second candle of that time.
 */
final class TradeCandles {

    private static final int OPEN_PERIODS = 100_000;

    private final String venue;
    private final RowSink sink;
    private final Map<Period, Bar> open = new LinkedHashMap<>();

    TradeCandles(String venue, RowSink sink) {
        this.venue = venue;
        this.sink = sink;
    }

    void trade(SeriesKey key, long line, Instant time, double price, double size) {
        Period period = new Period(key, key.interval().floor(time));
        Bar bar = open.get(period);
        if (bar == null) {
            makeRoom();
            open.put(period, new Bar(line, time, price, size));
        } else {
            bar.add(time, price, size);
        }
    }

    void finish() {
        open.forEach(this::emit);
        open.clear();
    }

    private void makeRoom() {
        if (open.size() >= OPEN_PERIODS) {
            Period eldest = open.keySet().iterator().next();
            Bar bar = open.remove(eldest);
            if (bar != null) {
                emit(eldest, bar);
            }
        }
    }

    private void emit(Period period, Bar bar) {
        sink.row(new RawCandle(
                period.key,
                venue,
                bar.line,
                period.openTime,
                bar.open,
                bar.high,
                bar.low,
                bar.close,
                bar.volume,
                Volume.Kind.BASE,
                false,
                true));
    }

    private record Period(SeriesKey key, Instant openTime) {}

    private static final class Bar {

        private final long line;
        private Instant first;
        private Instant last;
        private double open;
        private double high;
        private double low;
        private double close;
        private double volume;

        Bar(long line, Instant time, double price, double size) {
            this.line = line;
            first = time;
            last = time;
            open = price;
            high = price;
            low = price;
            close = price;
            volume = size;
        }

        void add(Instant time, double price, double size) {
            if (time.isBefore(first)) {
                first = time;
                open = price;
            }
            if (!time.isBefore(last)) {
                last = time;
                close = price;
            }
            high = Math.max(high, price);
            low = Math.min(low, price);
            volume += size;
        }
    }
}
