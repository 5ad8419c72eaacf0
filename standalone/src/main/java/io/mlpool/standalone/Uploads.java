package io.mlpool.standalone;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Files and folders on their way into the pool, with a line about each. */
final class Uploads {

    private final PoolClient client;
    private final String ingestUrl;
    private final PrintStream out;
    private long added;
    private int refused;

    Uploads(PoolClient client, String ingestUrl, PrintStream out) {
        this.client = client;
        this.ingestUrl = ingestUrl;
        this.out = out;
    }

    /** Says at once what would otherwise be found out when the services have started. */
    static void requireThere(List<Path> paths) {
        for (Path path : paths) {
            if (!Files.isReadable(path)) {
                throw new MlpoolException(
                        Files.exists(path)
                                ? "%s may not be read by this user".formatted(path)
                                : "there is no file or folder " + path);
            }
        }
    }

    /** Takes in every file; one that is refused does not stop the others. */
    void send(List<Path> paths, Map<String, String> parameters) {
        for (Path file : files(paths)) {
            try {
                report(file, client.upload(ingestUrl, file, told(file, parameters)));
            } catch (PoolClient.Refusal refusal) {
                refused++;
                out.printf("  %-28s refused: %s%n", file.getFileName(), refusal.rules());
            }
        }
    }

    /** Candles that were not there before. */
    long added() {
        return added;
    }

    /** Files that held no candles that could be recognised. */
    int refused() {
        return refused;
    }

    private void report(Path file, JsonNode report) {
        JsonNode rows = report.path("rows");
        added += rows.path("added").asLong();
        out.printf(
                Locale.ROOT,
                "  %-28s %,9d rows %,9d new %,7d dropped%s%n",
                file.getFileName(),
                rows.path("read").asLong(),
                rows.path("added").asLong(),
                rows.path("dropped").asLong(),
                findings(report));
    }

    private static String findings(JsonNode report) {
        List<String> reasons = report.path("findings")
                .valueStream()
                .map(one -> "%s %d"
                        .formatted(
                                one.path("reason").asString(), one.path("count").asLong()))
                .toList();
        return reasons.isEmpty() ? "" : "  " + String.join(", ", reasons);
    }

    /** The folder often names the venue. */
    private static Map<String, String> told(Path file, Map<String, String> parameters) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || parent.getFileName() == null) {
            return parameters;
        }
        Map<String, String> told = new LinkedHashMap<>(parameters);
        told.put("folder", parent.getFileName().toString());
        return told;
    }

    private static List<Path> files(List<Path> paths) {
        requireThere(paths);
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            try (Stream<Path> found = Files.walk(path)) {
                found.filter(Files::isRegularFile)
                        .filter(Uploads::isVisible)
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new MlpoolException("cannot list " + path, e);
            }
        }
        return files;
    }

    private static boolean isVisible(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }
}
