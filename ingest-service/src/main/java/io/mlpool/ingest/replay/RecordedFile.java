package io.mlpool.ingest.replay;

import io.mlpool.ingest.MarketSource;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RowSink;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.ingest.cleaning.CleanCandle;
import io.mlpool.ingest.cleaning.Cleaning;
import io.mlpool.ingest.cleaning.Findings;
import io.mlpool.ingest.cleaning.RowSort;
import io.mlpool.market.SeriesKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes a recording of whatever a source can read: its finished candles, cleaned like those of any other payload. */
final class RecordedFile implements RowSink, AutoCloseable {

    private final RowSort rows = new RowSort();

    private RecordedFile() {}

    /**
     * Reads the payload to its end; all of it is kept in memory.
     *
     * @throws UnreadablePayloadException when it holds no candles, or those of several series
     */
    static Recording read(String name, Payload payload, MarketSource source) {
        try (RecordedFile file = new RecordedFile()) {
            source.read(payload, file);
            List<CleanCandle> candles = file.clean();
            return new Recording(
                    name,
                    keyOf(payload, candles),
                    candles.stream().map(CleanCandle::candle).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the recording %s cannot be read".formatted(payload.name()), e);
        }
    }

    private List<CleanCandle> clean() {
        List<CleanCandle> candles = new ArrayList<>();
        new Cleaning(new Findings(), Instant.MAX).clean(rows.sorted(), candles::add);
        return candles;
    }

    private static SeriesKey keyOf(Payload payload, List<CleanCandle> candles) {
        List<SeriesKey> keys = candles.stream().map(CleanCandle::key).distinct().toList();
        if (keys.size() != 1) {
            throw new UnreadablePayloadException(
                    payload.name(),
                    keys.isEmpty()
                            ? "a recording needs candles or trades, found none"
                            : "a recording is of one series, found " + keys);
        }
        return keys.getFirst();
    }

    @Override
    public void row(RawCandle row) {
        if (row.finished()) {
            rows.add(row);
        }
    }

    @Override
    public void unreadable(long line, String reason, String text) {}

    @Override
    public void close() {
        rows.close();
    }
}
