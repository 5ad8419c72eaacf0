package io.mlpool.training.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.KeyFile;
import io.mlpool.market.Interval;
import io.mlpool.model.Algorithm;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.signing.BundleSigning;
import io.mlpool.testing.SettableClock;
import io.mlpool.training.FakeTrainer;
import io.mlpool.training.TestCandles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedTrainingTest extends TrainedPool {

    @TempDir
    private Path elsewhere;

    private Encryption encryption = Encryption.off();
    private FolderRegistry encrypted = new FolderRegistry(Path.of("unused"));

    @BeforeEach
    void makeAKey() {
        KeyFile keys = new KeyFile(elsewhere.resolve("keys.json"));
        keys.create();
        encryption = Encryption.with(keys.path());
        encrypted = new FolderRegistry(storage.resolve("registry"), BundleSigning.none(), encryption);
    }

    @Test
    void trainingEndsWithALiveModelThatAnswers() {
        encryptedRun(new FakeTrainer(0)).execute(spec("run"), events::add);

        ModelVersion champion = encrypted.find("price-1h", Alias.CHAMPION).orElseThrow();
        ForecastBundle bundle = ForecastBundle.of(encrypted.fetch(champion));
        try (OnnxForecaster forecaster = bundle.load()) {
            bundle.golden().verify(forecaster);
        }
        assertThat(encrypted.versions("price-1h")).isNotEmpty().allSatisfy(version -> assertThatThrownBy(
                        () -> registry.fetch(version))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining("mlpool.encryption.keys"));
    }

    @Test
    void noWeightsAndNoForecastsLiePlain() throws IOException {
        encryptedRun(new FakeTrainer(0)).execute(spec("run"), events::add);

        assertThat(files())
                .filteredOn(file -> !file.endsWith("epochs")) // the trainer of this test knows of no encryption
                .map(file -> file.getFileName().toString())
                .noneMatch(name -> name.matches(".*\\.(onnx|zip|bin)|bundle.json|golden.json"))
                .contains("forecasts.bin.enc", "model.onnx.enc", "network.zip.enc", "bundle.json.enc");
        assertThat(files()).filteredOn(file -> file.toString().endsWith(".enc")).allSatisfy(file -> assertThat(
                        Files.readString(file, StandardCharsets.ISO_8859_1))
                .doesNotContain("quantiles", "provenance"));
    }

    @Test
    void killedAndTakenUpAgainWithEncryptionSwitchedOnItEndsEncrypted() throws IOException {
        assertThatThrownBy(() -> run(new FakeTrainer(0)).execute(spec("run"), killWhen("Judging")))
                .isInstanceOf(Killed.class);
        FakeTrainer trainer = new FakeTrainer(0);

        encryptedRun(trainer).execute(spec("run"), events::add);

        assertThat(trainer.epochs()).as("what was done is not done again").isEmpty();
        ModelVersion version = encrypted.ofRun("price-1h", "run").orElseThrow();
        assertThat(encrypted.fetch(version).directory().resolve("model.onnx.enc"))
                .exists();
    }

    @Test
    void killedWhileItComparesItRegistersOnce() {
        assertThatThrownBy(() -> encryptedRun(new FakeTrainer(0)).execute(spec("run"), killWhen("Comparing")))
                .isInstanceOf(Killed.class);

        encryptedRun(new FakeTrainer(0)).execute(spec("run"), events::add);

        assertThat(encrypted.versions("price-1h"))
                .extracting(ModelVersion::runId)
                .containsOnlyOnce("run");
    }

    @Test
    void fineTuningReadsTheNetworkOfAnEncryptedChampion() throws IOException {
        encryptedRun(new FakeTrainer(1)).execute(spec("first"), events::add);
        FakeTrainer trainer = new FakeTrainer(1);
        TrainingSpec tuned = new TrainingSpec(
                "tuned", Interval.ONE_HOUR, List.of(), Optional.empty(), Algorithm.LSTM, true, 1, Map.of(), List.of());

        encryptedRun(trainer).execute(tuned, events::add);

        assertThat(trainer.assignments().getLast().startFrom().orElseThrow())
                .returns(true, network -> network.isEncrypted())
                .extracting(network -> text(network::bytes))
                .as("what the first one's trainer left to go on from")
                .isEqualTo("3");
    }

    private TrainingRun encryptedRun(FakeTrainer trainer) {
        return run(trainer, new SettableClock(TestCandles.START), encrypted, encryption);
    }

    private interface Bytes {
        byte[] read() throws IOException;
    }

    private static String text(Bytes bytes) {
        try {
            return new String(bytes.read(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(storage)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
