package io.mlpool.ingest;

import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A source whose payloads hold one close per line, hour by hour from 2024-01-01. */
final class TenRows implements MarketSource {
    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public void read(Payload payload, RowSink sink) throws IOException {
        String asset = payload.hints().getOrDefault("asset", "bitcoin");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(payload.content().open(), StandardCharsets.UTF_8))) {
            long line = 0;
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                double price = Double.parseDouble(text);
                sink.row(new RawCandle(
                        SeriesKey.usd(asset, Interval.ONE_HOUR),
                        "test",
                        line + 1,
                        START.plusSeconds(3600 * line++),
                        price,
                        price,
                        price,
                        price,
                        1,
                        Volume.Kind.BASE,
                        false,
                        true));
            }
        }
    }
}
