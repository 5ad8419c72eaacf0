package io.mlpool.training.tracking;

import io.mlpool.mlflow.Artifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The plots and the report that a run left on disk, as artifacts. */
final class ReportUpload {

    private static final String FOLDER = "report";

    private final Artifacts artifacts;
    private final Path storage;

    ReportUpload(Artifacts artifacts, Path storage) {
        this.artifacts = artifacts;
        this.storage = storage;
    }

    /** Uploads all there is; a run that got nowhere has none. */
    void upload(String runId, URI root) {
        Path folder = storage.resolve("runs").resolve(runId).resolve(FOLDER);
        files(folder).forEach(file -> artifacts.upload(root, FOLDER + "/" + file.getFileName(), file));
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }
}
