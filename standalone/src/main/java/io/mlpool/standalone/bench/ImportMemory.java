package io.mlpool.standalone.bench;

import io.mlpool.market.Interval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What {@code ./mlpool import} needs: a process of its own with a small heap, whose collector writes down what it leaves. */
final class ImportMemory {

    private static final int HEAP_MB = 160;
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");

    private final PoolUnderTest pool;
    private final Printout out;
    private final Instant firstOpen;

    ImportMemory(PoolUnderTest pool, Printout out, Instant firstOpen) {
        this.pool = pool;
        this.out = out;
        this.firstOpen = firstOpen;
    }

    void run() {
        int small = peak(200_000);
        int large = peak(2_000_000);
        out.line(
                "memory: %d MB of heap stay after a collection at most with 200,000 rows, %d MB with 2,000,000"
                        + " (both in a process with -Xmx%dm, ingest itself included): ratio %.2f",
                small, large, HEAP_MB, (double) large / small);
    }

    private int peak(int rows) {
        Instant first = firstOpen.minus(Interval.ONE_MINUTE.duration().multipliedBy(Math.max(0, rows - 200_000L)));
        Path file = Walk.file(pool.scratch().resolve("TESTUSDT-1m.csv"), rows, Interval.ONE_MINUTE, first, rows);
        Path collections = pool.scratch().resolve("gc-%d.log".formatted(rows));
        importIn(file, pool.scratch().resolve("home-" + rows), collections, rows);
        return Pattern.compile(COLLECTION.pattern())
                .matcher(read(collections))
                .results()
                .map(MatchResult::group)
                .mapToInt(ImportMemory::after)
                .max()
                .orElse(0);
    }

    private static int after(String collection) {
        return Integer.parseInt(COLLECTION.matcher(collection).replaceFirst("$2"));
    }

    private void importIn(Path file, Path home, Path collections, int rows) {
        Path output = pool.scratch().resolve("import-%d.log".formatted(rows));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx%dm".formatted(HEAP_MB),
                "-Xlog:gc:file=" + collections,
                "-cp",
                System.getProperty("java.class.path"),
                pool.mainClass(),
                "import",
                "--home",
                home.toString(),
                file.toString());
        try {
            int exit = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            if (exit != 0 || !read(output).contains(String.format(Locale.ROOT, "%,d new candles", rows))) {
                throw new IllegalStateException(
                        "import of %,d rows with -Xmx%dm failed: %s".formatted(rows, HEAP_MB, read(output)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while importing", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
