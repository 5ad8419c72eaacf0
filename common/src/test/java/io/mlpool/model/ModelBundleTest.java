package io.mlpool.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.drift.DriftReference;
import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.testing.ConstantModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.node.ObjectNode;

class ModelBundleTest {

    @TempDir
    Path work;

    private ForecastBundle forecasts() {
        return ConstantModel.forecasts(StoredFolder.plain(work.resolve("bundle")), "run-1");
    }

    @Test
    void whatIsWrittenIsRead() {
        ForecastBundle written = forecasts();
        ForecastBundle read = ForecastBundle.read(written.bundle().directory());
        assertThat(read.manifest()).isEqualTo(written.manifest());
        assertThat(read.golden().forecast()).containsExactly(written.golden().forecast());
        assertThat(read.network()).isEmpty();
    }

    @Test
    void aLoadedBundleAnswersABatch() {
        float[] windows = new float[2 * ConstantModel.FEATURES.steps() * ConstantModel.FEATURES.width()];
        Arrays.fill(windows, 0, windows.length / 2, 2f);
        try (OnnxForecaster forecaster = forecasts().load()) {
            float[] answer = forecaster.forecast(windows, 2);
            int size = ConstantModel.SHAPE.size();
            assertThat(Arrays.copyOf(answer, size)).containsExactly(ConstantModel.answer(2), within(1e-6f));
            assertThat(Arrays.copyOfRange(answer, size, 2 * size))
                    .containsExactly(ConstantModel.answer(0), within(1e-6f));
        }
    }

    @Test
    void anAnswerDoesNotDependOnWhatIsAskedBeforeOrMeanwhile() {
        int window = ConstantModel.FEATURES.steps() * ConstantModel.FEATURES.width();
        try (OnnxForecaster forecaster = forecasts().load()) {
            IntStream.range(0, 2_000).parallel().forEach(i -> {
                int count = 1 + i % 3;
                float[] windows = new float[count * window];
                Arrays.fill(windows, i);
                float[] answer = forecaster.forecast(windows, count);
                int size = ConstantModel.SHAPE.size();
                assertThat(answer).hasSize(count * size);
                assertThat(Arrays.copyOfRange(answer, (count - 1) * size, count * size))
                        .containsExactly(ConstantModel.answer(i), within(1e-3f));
            });
        }
    }

    @Test
    void aNetworkTravelsAlong() throws IOException {
        Path network = Files.writeString(work.resolve("weights"), "weights");
        ForecastBundle bundle = ForecastBundle.write(
                StoredFolder.plain(work.resolve("bundle")),
                ConstantModel.manifest("price-1h", "run-1"),
                ConstantModel.golden(),
                ConstantModel.onnx(),
                Optional.of(StoredFile.plain(network)),
                Optional.empty());
        assertThat(bundle.network()).get().satisfies(file -> assertThat(file.path())
                .hasContent("weights"));
    }

    @Test
    void whatItLeansOnTravelsAlongAndIsUnderTheDigest() throws IOException {
        ModelBundle bundle = ConstantModel.watched(work.resolve("measured"), "run-1");

        assertThat(ForecastBundle.read(bundle.directory()).importance()).hasValue(ConstantModel.importance());
        assertThat(ForecastBundle.importance(ConstantModel.bundle(work.resolve("other"), "run-1")))
                .isEmpty();
        Files.writeString(bundle.directory().resolve("importance.json"), "{}");
        assertThatThrownBy(() -> ForecastBundle.read(bundle.directory()))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining("importance.json");
    }

    @Test
    void aWrongGoldenAnswerIsNotWritten() {
        GoldenAnswer wrong = new GoldenAnswer(ConstantModel.golden().window(), ConstantModel.answer(1.001));
        assertThatThrownBy(() -> ForecastBundle.write(
                        StoredFolder.plain(work.resolve("bundle")),
                        ConstantModel.manifest("price-1h", "run-1"),
                        wrong,
                        ConstantModel.onnx(),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining("golden answer 0");
    }

    @Test
    void toolsLearnFromMlmodelWhatGoesInAndWhatComesOut() throws IOException {
        Path directory = ConstantModel.bundle(work.resolve("bundle"), "run-1").directory();
        Map<String, Object> mlmodel = new Yaml().load(Files.readString(directory.resolve("MLmodel")));
        assertThat(mlmodel)
                .extractingByKey("metadata", InstanceOfAssertFactories.MAP)
                .containsEntry("mlpool_run_id", "run-1")
                .containsEntry("interval", "1h")
                .containsEntry("features", ConstantModel.FEATURES.names())
                .containsEntry("horizons", List.of("1h", "4h", "24h"))
                .containsEntry("levels", ConstantModel.SHAPE.levels());
        assertThat(mlmodel)
                .extractingByKey("signature", InstanceOfAssertFactories.MAP)
                .extractingByKey("inputs")
                .asString()
                .contains("\"shape\": [-1, 4, 31]", "\"name\": \"window\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MLmodel", "model.onnx", "bundle.json", "golden.json", "requirements.txt"})
    void aChangedFileIsNamed(String file) throws IOException {
        Path directory = ConstantModel.bundle(work.resolve("bundle"), "run-1").directory();
        byte[] bytes = Files.readAllBytes(directory.resolve(file));
        bytes[bytes.length / 2] ^= 1;
        Files.write(directory.resolve(file), bytes);
        assertThatThrownBy(() -> ModelBundle.read(directory))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining(file + " was changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MLmodel", "model.onnx", "bundle.json", "golden.json", "SHA256SUMS"})
    void aMissingFileIsNamed(String file) throws IOException {
        Path directory = ConstantModel.bundle(work.resolve("bundle"), "run-1").directory();
        Files.delete(directory.resolve(file));
        assertThatThrownBy(() -> ModelBundle.read(directory))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining(file);
    }

    @Test
    void aFileTooManyIsNamed() throws IOException {
        Path directory = ConstantModel.bundle(work.resolve("bundle"), "run-1").directory();
        Files.writeString(directory.resolve("extra.sh"), "echo");
        assertThatThrownBy(() -> ModelBundle.read(directory)).hasMessageContaining("extra.sh");
    }

    @Test
    void aTruncatedGraphIsRefused() throws IOException {
        Path directory = ConstantModel.bundle(work.resolve("bundle"), "run-1").directory();
        Path onnx = directory.resolve("model.onnx");
        Files.write(onnx, Arrays.copyOf(Files.readAllBytes(onnx), 40));
        Files.delete(directory.resolve("SHA256SUMS"));
        BundleDigests.write(directory);
        assertThatThrownBy(() -> ForecastBundle.read(directory).load())
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining("ONNX Runtime cannot open");
    }

    @Test
    void anotherBuildsFeatureSchemaIsRefused() throws IOException {
        Path directory = ConstantModel.bundle(work.resolve("bundle"), "run-1").directory();
        Path manifest = directory.resolve("bundle.json");
        Files.writeString(manifest, Files.readString(manifest).replace("price-v1", "price-v9"));
        BundleDigests.write(directory);
        assertThatThrownBy(() -> ForecastBundle.read(directory))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining("price-v9");
    }

    @Test
    void aBundleFromBeforeTheOpponentWasKeptIsRead() throws IOException {
        Path directory = ConstantModel.bundle(work.resolve("bundle"), "run-1").directory();
        Path manifest = directory.resolve("bundle.json");
        ObjectNode old = (ObjectNode) BundleJson.MAPPER.readTree(Files.readString(manifest));
        old.remove("naive");
        Files.write(manifest, BundleJson.MAPPER.writeValueAsBytes(old));
        BundleDigests.write(directory);

        assertThat(ForecastBundle.read(directory).manifest().naive()).isNull();
    }

    @Test
    void aBundleKeepsWhatItIsWatchedAgainstAndOneFromBeforeIsRead() throws IOException {
        Path directory = ConstantModel.watched(work.resolve("bundle"), "run-1").directory();
        assertThat(ForecastBundle.read(directory).manifest().drift()).isEqualTo(ConstantModel.reference());

        Path manifest = directory.resolve("bundle.json");
        ObjectNode old = (ObjectNode) BundleJson.MAPPER.readTree(Files.readString(manifest));
        old.remove("drift");
        Files.write(manifest, BundleJson.MAPPER.writeValueAsBytes(old));
        BundleDigests.write(directory);
        assertThat(ForecastBundle.read(directory).manifest().drift()).isNull();
    }

    @Test
    void aReferenceOfOtherColumnsIsRefused() {
        ForecastManifest good = ConstantModel.manifest("price-1h", "run-1");
        DriftReference reference = ConstantModel.reference();
        DriftReference fewer = new DriftReference(
                7, 168, 1, reference.columns().subList(1, reference.columns().size()), 1);
        assertThatThrownBy(() -> new ForecastManifest(
                        good.format(),
                        good.model(),
                        good.algorithm(),
                        good.features(),
                        good.shape(),
                        good.calibration(),
                        good.provenance(),
                        good.metrics(),
                        good.naive(),
                        fewer))
                .hasMessageContaining("drift must have a column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"calibration", "metrics", "shape"})
    void whatEveryBundleHasIsMissed(String name) throws IOException {
        Path directory = ConstantModel.bundle(work.resolve("bundle"), "run-1").directory();
        Path manifest = directory.resolve("bundle.json");
        ObjectNode part = (ObjectNode) BundleJson.MAPPER.readTree(Files.readString(manifest));
        part.remove(name);
        Files.write(manifest, BundleJson.MAPPER.writeValueAsBytes(part));
        BundleDigests.write(directory);

        assertThatThrownBy(() -> ForecastBundle.read(directory))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining(name);
    }

    @Test
    void anOpponentOfAnotherShapeIsRefused() {
        assertThatThrownBy(() -> {
                    ForecastManifest good = ConstantModel.manifest("price-1h", "run-1");
                    new ForecastManifest(
                            good.format(),
                            good.model(),
                            good.algorithm(),
                            good.features(),
                            good.shape(),
                            good.calibration(),
                            good.provenance(),
                            good.metrics(),
                            new NaiveQuantiles(List.of(List.of(0.0))),
                            null);
                })
                .hasMessageContaining("naive must have one quantile");
    }
}
