package io.mlpool.ingest;

import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A source that tells what files cannot: hours of which the last may still run, and trailing volumes. One price per line. */
final class HourlySource implements MarketSource {

    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    /** Hours at these prices; {@code kind} is {@code running} when the last is not over, {@code trailing} for trailing volumes. */
    static Payload payload(String kind, String... prices) {
        byte[] content = String.join("\n", prices).getBytes(StandardCharsets.UTF_8);
        return new Payload("lines", "hours", Map.of("kind", kind), () -> new ByteArrayInputStream(content));
    }

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public void read(Payload payload, RowSink sink) throws IOException {
        String kind = payload.hints().getOrDefault("kind", "");
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(payload.content().open(), StandardCharsets.UTF_8))) {
            List<String> lines = reader.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                boolean finished = !kind.equals("running") || i < lines.size() - 1;
                sink.row(row(i, Double.parseDouble(lines.get(i)), kind.equals("trailing"), finished));
            }
        }
    }

    private static RawCandle row(int hour, double price, boolean trailing, boolean finished) {
        return new RawCandle(
                SeriesKey.usd("bitcoin", Interval.ONE_HOUR),
                "lines",
                hour + 1,
                START.plusSeconds(3600L * hour),
                price,
                price,
                price,
                price,
                price,
                trailing ? Volume.Kind.TRAILING_24H_QUOTE : Volume.Kind.BASE,
                false,
                finished);
    }
}
