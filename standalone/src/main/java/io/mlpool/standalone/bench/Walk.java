package io.mlpool.standalone.bench;

import io.mlpool.market.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.SplittableRandom;

/** Candles of a random walk, the same for the same seed; as lines that a file of candles, or a COPY, takes. */
final class Walk {

    static final String HEADER = "open_time,open,high,low,close,volume\n";

    private static final double STEP = 0.002;

    private final SplittableRandom random;
    private final Interval interval;
    private Instant next;
    private double price;

    Walk(long seed, Interval interval, Instant firstOpen) {
        this.random = new SplittableRandom(seed);
        this.interval = interval;
        this.next = firstOpen;
        this.price = 50 + random.nextDouble() * 100;
    }

    /** Writes a file of candles. */
    static Path file(Path file, long seed, Interval interval, Instant firstOpen, int rows) {
        try (Writer csv = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            csv.write(HEADER);
            Walk walk = new Walk(seed, interval, firstOpen);
            for (int i = 0; i < rows; i++) {
                csv.write(walk.line());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The next candle as a line of a file: open time in milliseconds, prices, volume. */
    String line() {
        return next.toEpochMilli() + "," + numbers() + "\n";
    }

    /** The next candle as a line of {@code COPY candle ... (FORMAT csv)}. */
    String copyLine(int seriesId, Instant ingestedAt) {
        return seriesId + "," + next + "," + numbers() + ",1,0,t,file," + ingestedAt + "\n";
    }

    private String numbers() {
        next = next.plus(interval.duration());
        double open = price;
        price *= Math.exp(STEP * (random.nextDouble() - 0.5));
        double high = Math.max(open, price) * (1 + STEP * random.nextDouble());
        double low = Math.min(open, price) * (1 - STEP * random.nextDouble());
        return number(open) + "," + number(high) + "," + number(low) + "," + number(price) + ","
                + number(1000 * random.nextDouble());
    }

    /** As exchanges write them, with a limited number of digits. */
    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }
}
