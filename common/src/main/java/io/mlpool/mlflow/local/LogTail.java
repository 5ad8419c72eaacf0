package io.mlpool.mlflow.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a log file, where the reason of a failure stands. */
final class LogTail {

    private static final int LINES = 15;

    private LogTail() {}

    /** The last lines, indented; says so when there are none. */
    static String of(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return lines.isEmpty()
                    ? "  (empty)"
                    : lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                            .map(line -> "  " + line)
                            .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "  (cannot be read: %s)".formatted(e.getMessage());
        }
    }
}
