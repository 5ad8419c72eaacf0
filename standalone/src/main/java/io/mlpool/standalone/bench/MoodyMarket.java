package io.mlpool.standalone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Made-up hourly candles of some assets that move together, whose volatility has moods: it is a mean-reverting process that they share, times an hour of
 * the day, times a stress that begins at some time and stays. So there is something to learn, and something that no history knows.
 */
final class MoodyMarket {

    private static final double STRESS = 4;
    private static final double HOURLY = 0.006;
    private static final double MEMORY = 0.985;
    private static final double MOOD = 0.09;
    private static final double DAY = 0.45;
    private static final double SHARED = 0.6;

    private final SplittableRandom random;
    private final double[] prices;
    private final Instant stressFrom;
    private Instant next;
    private double mood;

    /** The same for the same seed. */
    MoodyMarket(long seed, int assets, Instant firstOpen, Instant stressFrom) {
        this.random = new SplittableRandom(seed);
        this.prices = new double[assets];
        Arrays.setAll(prices, i -> 10 + 90 * random.nextDouble());
        this.next = firstOpen;
        this.stressFrom = stressFrom;
    }

    static String asset(int number) {
        return ticker(number).toLowerCase(Locale.ROOT);
    }

    /** Close time of the newest candle. */
    Instant closed() {
        return next;
    }

    /** Writes the next hours of all assets into a file that can be uploaded. */
    Path zip(Path file, int hours) {
        StringBuilder[] rows = new StringBuilder[prices.length];
        Arrays.setAll(rows, i -> new StringBuilder(Walk.HEADER));
        for (int hour = 0; hour < hours; hour++) {
            add(rows);
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int asset = 0; asset < rows.length; asset++) {
                zip.putNextEntry(new ZipEntry(ticker(asset) + "USDT-1h.csv"));
                zip.write(rows[asset].toString().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void add(StringBuilder[] rows) {
        mood = MEMORY * mood + MOOD * random.nextGaussian();
        double hourOfDay = 2 * Math.PI * (next.getEpochSecond() / 3600 % 24) / 24;
        double scale = HOURLY * Math.exp(mood + DAY * Math.sin(hourOfDay)) * (next.isBefore(stressFrom) ? 1 : STRESS);
        double shared = SHARED * random.nextGaussian();
        for (int asset = 0; asset < prices.length; asset++) {
            double own = Math.sqrt(1 - SHARED * SHARED) * random.nextGaussian();
            double open = prices[asset];
            double close = open * Math.exp(scale * (shared + own));
            double high = Math.max(open, close) * (1 + scale * random.nextDouble() / 2);
            double low = Math.min(open, close) * (1 - scale * random.nextDouble() / 2);
            double volume = 1000 * scale / HOURLY * (0.5 + random.nextDouble());
            rows[asset].append(String.format(
                    Locale.ROOT, "%d,%.6f,%.6f,%.6f,%.6f,%.3f%n", next.toEpochMilli(), open, high, low, close, volume));
            prices[asset] = close;
        }
        next = next.plus(Duration.ofHours(1));
    }

    /** No exchange's. */
    private static String ticker(int asset) {
        return String.format(Locale.ROOT, "QM%03d", asset);
    }
}
