package io.mlpool.standalone.bench;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.Calibration;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The same graph in a bundle as if another run had made it. */
final class BundleCopy {

    private BundleCopy() {}

    static ForecastBundle write(Path directory, ForecastBundle bundle, String suffix, Calibration calibration) {
        ForecastManifest from = bundle.manifest();
        Provenance made = from.provenance();
        Provenance provenance = new Provenance(
                made.runId() + suffix,
                made.createdAt(),
                made.dataVersion(),
                made.trainedUntil(),
                made.seed(),
                made.parentVersion(),
                made.parameters(),
                made.environment());
        ForecastManifest manifest = new ForecastManifest(
                from.format(),
                from.model(),
                from.algorithm(),
                from.features(),
                from.shape(),
                calibration,
                provenance,
                from.metrics(),
                from.naive(),
                from.drift());
        return ForecastBundle.write(
                StoredFolder.plain(directory),
                manifest,
                bundle.golden(),
                graph(bundle),
                bundle.network(),
                bundle.importance());
    }

    private static byte[] graph(ForecastBundle bundle) {
        try {
            return Files.readAllBytes(bundle.bundle().directory().resolve("model.onnx"));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read the graph in " + bundle.bundle().directory(), e);
        }
    }
}
