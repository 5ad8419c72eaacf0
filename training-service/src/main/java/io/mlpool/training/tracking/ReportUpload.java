package io.mlpool.training.tracking;

import io.mlpool.mlflow.Artifacts;
import io.mlpool.training.report.ReportFolder;
import java.net.URI;
import java.nio.file.Path;

/** The plots and the report that a run left on disk, as artifacts. */
final class ReportUpload {

    private final Artifacts artifacts;
    private final Path storage;

    ReportUpload(Artifacts artifacts, Path storage) {
        this.artifacts = artifacts;
        this.storage = storage;
    }

    /** Uploads what people look at; a run that got nowhere has none, and tables of forecasts are large and stay here. */
    void upload(String runId, URI root) {
        ReportFolder.of(storage, runId).files().stream()
                .filter(file -> !file.toString().endsWith(".parquet"))
                .forEach(file -> artifacts.upload(root, "report/" + file.getFileName(), file));
    }
}
