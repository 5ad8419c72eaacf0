package io.mlpool.standalone.skab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * One experiment: {@code datetime;sensors...;anomaly;changepoint}.
 *
 * @param rows the numbers of the sensors
 * @param anomalous whether something was wrong then
 */
public record SkabSeries(List<String> sensors, List<double[]> rows, List<Boolean> anomalous) {

    /** Rows at the beginning that are only learned from. */
    public static final int LEARNED = 400;

    private static final String ANOMALY = "anomaly";

    public SkabSeries {
        sensors = List.copyOf(sensors);
        rows = List.copyOf(rows);
        anomalous = List.copyOf(anomalous);
        if (rows.size() != anomalous.size()) {
            throw new IllegalArgumentException(
                    "each row is anomalous or not, found %d rows, %d labels".formatted(rows.size(), anomalous.size()));
        }
    }

    /**
     * The series of a folder, in the order of their names.
     *
     * @throws UncheckedIOException when there are none, or one cannot be read
     */
    public static List<SkabSeries> read(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<SkabSeries> series = files.filter(
                            file -> file.getFileName().toString().matches(".*\\.csv(\\.gz)?"))
                    .sorted()
                    .map(SkabSeries::of)
                    .toList();
            if (series.isEmpty()) {
                throw new IOException("it has no *.csv");
            }
            return series;
        } catch (IOException e) {
            throw new UncheckedIOException("no series of SKAB in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private static SkabSeries of(Path file) {
        List<String[]> lines =
                lines(file).stream().map(line -> line.split(";", -1)).toList();
        int label = List.of(lines.getFirst()).indexOf(ANOMALY);
        if (label < 2) {
            throw new IllegalArgumentException("%s has no column '%s' behind its sensors".formatted(file, ANOMALY));
        }
        List<String[]> rows = lines.subList(1, lines.size());
        return new SkabSeries(
                List.of(lines.getFirst()).subList(1, label),
                rows.stream().map(row -> numbers(row, label)).toList(),
                rows.stream().map(row -> Double.parseDouble(row[label]) > 0).toList());
    }

    private static double[] numbers(String[] row, int label) {
        return IntStream.range(1, label)
                .mapToDouble(i -> Double.parseDouble(row[i]))
                .toArray();
    }

    private static List<String> lines(Path file) {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            return reader.readAllLines();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
