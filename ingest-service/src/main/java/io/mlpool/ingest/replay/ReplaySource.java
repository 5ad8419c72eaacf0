package io.mlpool.ingest.replay;

import io.mlpool.ingest.MarketSource;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.RawCandle;
import io.mlpool.ingest.RowSink;
import io.mlpool.ingest.UnreadablePayloadException;
import io.mlpool.market.Candle;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Candles as a replay plays them, {@code open_time,open,high,low,close,volume,volume_kind} with ISO times in UTC. They are stored
 * as observed by {@code replay}, so that nobody takes them for what a venue told.
 */
public final class ReplaySource implements MarketSource {

    static final String NAME = "replay";

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setHeader("open_time", "open", "high", "low", "close", "volume", "volume_kind")
            .setSkipHeaderRecord(true)
            .setRecordSeparator('\n')
            .get();

    @Override
    public String name() {
        return NAME;
    }

    /** The candles under the times of the timeline. */
    static Payload payload(Recording recording, Timeline timeline, List<Candle> candles) {
        StringBuilder csv = new StringBuilder(String.join(",", FORMAT.getHeader())).append('\n');
        for (Candle candle : candles) {
            csv.append(FORMAT.format(
                            timeline.openTime(candle),
                            candle.open(),
                            candle.high(),
                            candle.low(),
                            candle.close(),
                            candle.volume().amount(),
                            candle.volume().kind()))
                    .append('\n');
        }
        byte[] content = csv.toString().getBytes(StandardCharsets.UTF_8);
        String name = "%s %s".formatted(recording.name(), timeline.openTime(candles.getFirst()));
        return new Payload(NAME, name, hints(recording.key()), () -> new ByteArrayInputStream(content));
    }

    private static Map<String, String> hints(SeriesKey key) {
        return Map.of(
                "asset",
                key.asset(),
                "vs_currency",
                key.vsCurrency(),
                "interval",
                key.interval().label());
    }

    @Override
    public void read(Payload payload, RowSink sink) throws IOException {
        SeriesKey key = new SeriesKey(
                payload.hints().getOrDefault("asset", ""),
                payload.hints().getOrDefault("vs_currency", ""),
                Interval.of(payload.hints().getOrDefault("interval", "")));
        try (Reader text = new InputStreamReader(payload.content().open(), StandardCharsets.UTF_8)) {
            for (CSVRecord row : FORMAT.parse(text)) {
                read(payload, key, row, sink);
            }
        }
    }

    private static void read(Payload payload, SeriesKey key, CSVRecord row, RowSink sink) {
        if (!row.isConsistent()) {
            throw new UnreadablePayloadException(
                    payload.name(),
                    "expected the columns %s, found %s".formatted(FORMAT.getHeader().length, row.size()));
        }
        try {
            sink.row(candle(key, row));
        } catch (IllegalArgumentException | DateTimeException e) {
            sink.unreadable(row.getRecordNumber(), String.valueOf(e.getMessage()), String.join(",", row));
        }
    }

    private static RawCandle candle(SeriesKey key, CSVRecord row) {
        return new RawCandle(
                key,
                NAME,
                row.getRecordNumber(),
                Instant.parse(row.get("open_time")),
                Double.parseDouble(row.get("open")),
                Double.parseDouble(row.get("high")),
                Double.parseDouble(row.get("low")),
                Double.parseDouble(row.get("close")),
                Double.parseDouble(row.get("volume")),
                Volume.Kind.valueOf(row.get("volume_kind")),
                false,
                true);
    }
}
