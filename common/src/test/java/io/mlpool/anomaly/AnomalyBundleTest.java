package io.mlpool.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ModelBundle;
import io.mlpool.model.OnnxRows;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.DistanceModel;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomalyBundleTest {

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() {
        AnomalyBundle written = DistanceModel.bundle(StoredFolder.plain(folder.resolve("a")), "run", 3);

        AnomalyBundle read = AnomalyBundle.of(ModelBundle.read(folder.resolve("a")));

        assertThat(read.manifest()).isEqualTo(written.manifest());
        assertThat(read.manifest().threshold().score()).isEqualTo(0.75);
        assertThat(folder.resolve("a/bundle.json"))
                .content()
                .contains("\"dimensions\" : [ \"return\", \"volume\" ]", "\"interval\" : \"1h\"");
        assertThat(folder.resolve("a/MLmodel"))
                .content()
                .contains("\"shape\": [-1, 2]}, \"name\": \"features\"", "\"name\": \"score\"");
        try (OnnxRows graph = read.load()) {
            assertThat(graph.answers(new float[] {1, 2, 0, 0, -1, 0}, 3)).containsExactly(0.75f, 0, 0.5f);
        }
    }

    @Test
    void aBundleOfForecastsIsNone() {
        ModelBundle forecasts = ConstantModel.bundle(folder.resolve("b"), "run");

        assertThatThrownBy(() -> AnomalyBundle.of(forecasts)).isInstanceOf(BrokenBundleException.class);
    }

    @Test
    void aGraphThatScoresSomethingElseIsNotWritten() {
        AnomalyManifest manifest = DistanceModel.bundle(StoredFolder.plain(folder.resolve("c")), "run", 3)
                .manifest();
        GoldenScore wrong = new GoldenScore(new float[] {1, 0}, new float[] {0.6f});

        assertThatThrownBy(() -> AnomalyBundle.write(
                        StoredFolder.plain(folder.resolve("d")), manifest, wrong, DistanceModel.onnx()))
                .hasMessageContaining("golden score 0 is 0.6, the model now says 0.5");
    }

    @Test
    void aManifestOfAnotherIntervalIsRefused() {
        AnomalyManifest manifest = DistanceModel.bundle(StoredFolder.plain(folder.resolve("e")), "run", 3)
                .manifest();

        assertThatThrownBy(() -> new AnomalyManifest(
                        1,
                        "anomaly-4h",
                        manifest.algorithm(),
                        "1h",
                        manifest.dimensions(),
                        manifest.market(),
                        manifest.threshold(),
                        manifest.provenance(),
                        manifest.metrics()))
                .hasMessage("a model of 1h is called anomaly-1h, found anomaly-4h");
    }

    @Test
    void theSharesOfTwoDimensionsThatAddUpAreTheirParts() {
        try (OnnxRows graph = OnnxRows.of(DistanceModel.onnx(), AnomalyBundle.INPUT, 2)) {
            double[] shares = Attribution.shares(graph::answers, new float[] {3, 3});

            assertThat(Arrays.stream(shares).sum()).isEqualTo(1);
            assertThat(shares[0]).isEqualTo(shares[1]);
        }
    }
}
