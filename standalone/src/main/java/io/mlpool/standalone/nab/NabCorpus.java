package io.mlpool.standalone.nab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the corpus as it is published: {@code combined_windows.json}, beside {@code data} or in {@code labels}, and
 * {@code data/<family>/<series>.csv}, which may be {@code .gz}.
 */
public final class NabCorpus {

    private static final int SECONDS = "2014-04-10 07:15:00".length();

    private NabCorpus() {}

    /**
     * The series of a folder, in the order of their names.
     *
     * @throws UncheckedIOException when there are none, or one cannot be read
     */
    public static List<NabSeries> read(Path folder) {
        Path data = folder.resolve("data");
        try (Stream<Path> files = Files.walk(data)) {
            JsonNode windows = JsonMapper.shared().readTree(windows(folder));
            return files.filter(file -> file.getFileName().toString().matches(".*\\.csv(\\.gz)?"))
                    .sorted()
                    .map(file -> series(data.relativize(file).toString(), file, windows))
                    .toList();
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("no corpus of NAB, there is no " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the corpus in %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** In a folder of its own where the corpus is a clone of its repository. */
    private static Path windows(Path folder) {
        Path labels = folder.resolve("labels/combined_windows.json");
        return Files.exists(labels) ? labels : folder.resolve("combined_windows.json");
    }

    private static NabSeries series(String path, Path file, JsonNode windows) {
        String name = path.replace(file.getFileSystem().getSeparator(), "/").replaceFirst("\\.gz$", "");
        List<String> times = new ArrayList<>();
        List<String> values = new ArrayList<>();
        lines(file).stream().skip(1).map(line -> line.split(",", 2)).forEach(row -> {
            times.add(row[0]);
            values.add(row[1]);
        });
        float[] numbers = new float[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Float.parseFloat(values.get(i));
        }
        return new NabSeries(
                name,
                numbers,
                windows.path(name)
                        .valueStream()
                        .map(window -> new NabSeries.Window(row(times, window.get(0)), row(times, window.get(1))))
                        .toList());
    }

    private static int row(List<String> times, JsonNode time) {
        return times.indexOf(time.asString().substring(0, SECONDS));
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
