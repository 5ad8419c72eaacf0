package io.mlpool.testing;

import io.mlpool.anomaly.AnomalyBundle;
import io.mlpool.anomaly.AnomalyManifest;
import io.mlpool.anomaly.Dimension;
import io.mlpool.anomaly.GoldenScore;
import io.mlpool.anomaly.Threshold;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Bundles of a model of anomalies that scores the sum of how far return and volume lie from their usual: small, real, predictable. */
public final class DistanceModel {

    private DistanceModel() {}

    /**
     * A bundle of model {@code anomaly-1h} made by this run.
     *
     * @param distance that findings lie beyond
     */
    public static AnomalyBundle bundle(StoredFolder folder, String runId, double distance) {
        return AnomalyBundle.write(
                folder,
                manifest(runId, score(distance)),
                new GoldenScore(new float[] {0, 0, -2, 1}, new float[] {0, 0.75f}),
                onnx());
    }

    /** What it scores a point at this distance. */
    public static double score(double distance) {
        return distance / (1 + distance);
    }

    private static AnomalyManifest manifest(String runId, double threshold) {
        return new AnomalyManifest(
                BundleHeader.FORMAT,
                "anomaly-1h",
                Algorithm.ISOLATION_FOREST,
                "1h",
                List.of(Dimension.RETURN, Dimension.VOLUME),
                List.of("bitcoin"),
                new Threshold(threshold, 0.05, 2),
                new Provenance(
                        runId,
                        Instant.parse("2024-06-01T00:00:00Z"),
                        "0".repeat(64),
                        Instant.parse("2024-05-01T00:00:00Z"),
                        1,
                        null,
                        Map.of(),
                        Map.of()),
                Map.of("alarms_per_week", 1.9));
    }

    /** Made by {@code distance_model.py} beside it. */
    public static byte[] onnx() {
        try (InputStream in =
                Objects.requireNonNull(DistanceModel.class.getResourceAsStream("/onnx/distance_model.onnx"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
