package io.mlpool.training.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The artifacts of one run: simple files in {@code <storage>/runs/<run id>/report}, each of which appears whole. */
public final class ReportFolder {

    /** The page that holds all the others. */
    public static final String PAGE = "report.html";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*\\.(svg|json|html|parquet)");

    private final Path directory;

    /** Writes an artifact. */
    @FunctionalInterface
    interface Written {

        void to(Path file) throws IOException;
    }

    /** The folder at this place; it need not be there yet. */
    public ReportFolder(Path directory) {
        this.directory = directory;
    }

    /** The report of a run under {@code <storage>/runs}. */
    public static ReportFolder of(Path storage, String runId) {
        return new ReportFolder(storage.resolve("runs").resolve(runId).resolve("report"));
    }

    /** Every artifact that is there, by name. */
    public List<Path> files() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isArtifact(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the report folder " + directory, e);
        }
    }

    /** An artifact by its name; empty when there is none, or the name is none that an artifact can have. */
    public Optional<Path> find(String name) {
        return Optional.of(name)
                .filter(ReportFolder::isArtifact)
                .map(directory::resolve)
                .filter(Files::isRegularFile);
    }

    Optional<String> read(String name) {
        return find(name).map(file -> {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        });
    }

    void write(String name, String content) {
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    void write(String name, byte[] content) {
        write(name, file -> Files.write(file, content));
    }

    /** Has an artifact written to a file of its own, and then puts that in its place. */
    void write(String name, Written content) {
        if (!isArtifact(name)) {
            throw new IllegalArgumentException("an artifact must be called like %s, found '%s'".formatted(NAME, name));
        }
        try {
            Path next = Files.createDirectories(directory).resolve(name + ".next");
            content.to(next);
            Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write %s to %s".formatted(name, directory), e);
        }
    }

    private static boolean isArtifact(String name) {
        return NAME.matcher(name).matches();
    }
}
