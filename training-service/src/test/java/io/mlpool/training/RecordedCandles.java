package io.mlpool.training;

import io.mlpool.market.CandleSeries;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Hourly candles of a coin against USDT in files {@code BTCUSDT-1h.csv.gz} with columns timestamp, open, high, low, close, volume, for studies. */
public final class RecordedCandles {

    private static final String SUFFIX = "USDT-1h.csv.gz";
    private static final Map<String, String> NAMES = Map.of("BTC", "bitcoin", "ETH", "ethereum");

    private RecordedCandles() {}

    /** The candles of a coin, {@code BTC}, that opened after a time; one that repeats an earlier time is passed over. */
    public static CandleSeries read(Path folder, String coin, Instant after) throws IOException {
        SeriesKey key = SeriesKey.usd(NAMES.getOrDefault(coin, coin.toLowerCase(Locale.ROOT)), Interval.ONE_HOUR);
        CandleSeries.Builder series = new CandleSeries.Builder(key, 60_000);
        Instant last = after;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(coin + SUFFIX))), StandardCharsets.UTF_8))) {
            for (String line : lines.lines().skip(1).toList()) {
                List<String> cells = List.of(line.split(",", -1));
                Instant open = Instant.parse(cells.get(0));
                if (open.isAfter(last)) {
                    series.add(
                            open.getEpochSecond(),
                            Double.parseDouble(cells.get(2)),
                            Double.parseDouble(cells.get(3)),
                            Double.parseDouble(cells.get(4)),
                            Volume.base(Double.parseDouble(cells.get(5))));
                    last = open;
                }
            }
        }
        return series.build();
    }

    /** The coins that a folder has files of, in alphabetical order. */
    public static List<String> coins(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }
}
