package io.mlpool.ingest.replay;

import io.mlpool.ingest.MarketSource;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RowSink;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.market.Candle;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a recording of whatever a source can read, sorted by time. Rows that are no candles are left out; of a time that is told
 * twice the last one counts.
 */
final class RecordedFile implements RowSink {

    private final String payload;
    private final Map<Instant, Candle> candles = new TreeMap<>();
    private @Nullable SeriesKey key;

    private RecordedFile(String payload) {
        this.payload = payload;
    }

    /**
     * Reads the payload to its end; all of it is kept in memory.
     *
     * @throws UnreadablePayloadException when it holds no candles, or those of several series
     */
    static Recording read(String name, Payload payload, MarketSource source) {
        RecordedFile file = new RecordedFile(payload.name());
        try {
            source.read(payload, file);
        } catch (IOException e) {
            throw new UncheckedIOException("the recording %s cannot be read".formatted(payload.name()), e);
        }
        List<Candle> candles = new ArrayList<>(file.candles.values());
        if (file.key == null || candles.isEmpty()) {
            throw new UnreadablePayloadException(payload.name(), "a recording needs candles or trades, found none");
        }
        return new Recording(name, file.key, candles);
    }

    @Override
    public void row(RawCandle row) {
        if (key == null) {
            key = row.key();
        } else if (!key.equals(row.key())) {
            throw new UnreadablePayloadException(
                    payload, "a recording is of one series, found %s and %s".formatted(key, row.key()));
        }
        if (row.finished() && isCandle(row)) {
            candles.put(row.openTime(), candle(row));
        }
    }

    @Override
    public void unreadable(long line, String reason, String text) {}

    private static boolean isCandle(RawCandle row) {
        double volume = row.volumeAmount();
        return row.low() > 0
                && row.low() <= Math.min(row.open(), row.close())
                && row.high() >= Math.max(row.open(), row.close())
                && Double.isFinite(row.high())
                && (Double.isNaN(volume) || (volume >= 0 && Double.isFinite(volume)))
                && row.key().interval().isAligned(row.openTime());
    }

    private static Candle candle(RawCandle row) {
        Volume volume =
                Double.isNaN(row.volumeAmount()) ? Volume.UNKNOWN : new Volume(row.volumeAmount(), row.volumeKind());
        return new Candle(
                row.key().interval(),
                row.openTime(),
                row.open(),
                row.high(),
                row.low(),
                row.close(),
                volume,
                true,
                Set.of());
    }
}
