package io.mlpool.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.KeyFile;
import io.mlpool.encryption.StoredFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.testing.ConstantModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedBundleTest {

    @TempDir
    Path work;

    private KeyFile keys;
    private StoredFolder folder;

    @BeforeEach
    void makeAKey() {
        keys = new KeyFile(work.resolve("keys.json"));
        keys.create();
        folder = new StoredFolder(work.resolve("bundle"), Encryption.with(keys.path()));
    }

    @Test
    void whatIsWrittenIsReadAndAnswersTheSame() {
        ForecastBundle written = ConstantModel.forecasts(folder, "run-1");

        ForecastBundle read = ForecastBundle.of(ModelBundle.read(folder));

        assertThat(read.manifest()).isEqualTo(written.manifest());
        assertThat(read.bundle().digest()).isEqualTo(written.bundle().digest());
        try (OnnxForecaster forecaster = read.load()) {
            read.golden().verify(forecaster);
        }
    }

    @Test
    void weightsFeaturesAndNumbersAreEncryptedAndWhatMlflowListsIsNot() throws IOException {
        ConstantModel.bundle(folder, "run-1");

        try (Stream<Path> files = Files.list(folder.directory())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "MLmodel",
                            "SHA256SUMS",
                            "bundle.json.enc",
                            "conda.yaml",
                            "golden.json.enc",
                            "model.onnx.enc",
                            "python_env.yaml",
                            "requirements.txt");
        }
        assertThat(Files.readString(folder.directory().resolve("bundle.json.enc"), StandardCharsets.ISO_8859_1))
                .doesNotContain("provenance");
        assertThat(folder.directory().resolve("MLmodel")).content().contains("data: model.onnx.enc");
    }

    @Test
    void digestsAreOfWhatLiesThereSoThatTheyCanBeCheckedWithoutAKey() throws IOException {
        ConstantModel.bundle(folder, "run-1");
        Path golden = folder.directory().resolve("golden.json.enc");
        byte[] bytes = Files.readAllBytes(golden);
        bytes[bytes.length / 2] ^= 1;
        Files.write(golden, bytes);

        assertThatThrownBy(() -> ModelBundle.read(folder.directory()))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining("golden.json.enc was changed");
    }

    @Test
    void withoutAKeyTheSettingIsNamed() {
        ConstantModel.bundle(folder, "run-1");

        assertThatThrownBy(() -> ModelBundle.read(folder.directory()))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining("bundle.json.enc is encrypted: let mlpool.encryption.keys name the key file");
    }

    @Test
    void withAnotherKeyTheKeyFileIsNamed() {
        ConstantModel.bundle(folder, "run-1");
        KeyFile others = new KeyFile(work.resolve("others.json"));
        others.create();
        StoredFolder elsewhere = new StoredFolder(folder.directory(), Encryption.with(others.path()));

        assertThatThrownBy(() -> ModelBundle.read(elsewhere))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining("its key is not in " + others.path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"golden.json.enc", "model.onnx.enc"})
    void aFileInThePlaceOfAnotherIsRefusedEvenWhereDigestsWereMadeAnew(String file) throws IOException {
        ConstantModel.bundle(folder, "run-1");
        Path directory = folder.directory();
        Files.copy(directory.resolve("bundle.json.enc"), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(directory.resolve("SHA256SUMS"));
        BundleDigests.write(directory);

        assertThatThrownBy(() -> ForecastBundle.of(ModelBundle.read(folder)).load())
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining(file + " cannot be decrypted");
    }

    @Test
    void bundlesFromBeforeAreReadWhereEncryptionIsOn() {
        ConstantModel.bundle(folder.directory(), "run-1");

        try (OnnxForecaster forecaster =
                ForecastBundle.of(ModelBundle.read(folder)).load()) {
            assertThat(forecaster.forecast(ConstantModel.golden().window(), 1)).isNotEmpty();
        }
    }

    @Test
    void bundlesOfTheKeyBeforeAreReadAfterARotation() {
        ConstantModel.bundle(folder, "run-1");
        keys.rotate();

        assertThat(ModelBundle.read(new StoredFolder(folder.directory(), Encryption.with(keys.path())))
                        .header()
                        .provenance()
                        .runId())
                .isEqualTo("run-1");
    }

    @Test
    void theNetworkIsEncryptedWhereverItCameFrom() throws IOException {
        for (StoredFile network : List.of(folder.file("encrypted"), StoredFile.plain(work.resolve("plain")))) {
            Files.createDirectories(folder.directory());
            network.write("weights".getBytes(StandardCharsets.UTF_8));
            StoredFolder bundle = folder.folder("of " + network.name());

            ForecastBundle.write(
                    bundle,
                    ConstantModel.manifest("price-1h", "run-1"),
                    ConstantModel.golden(),
                    ConstantModel.onnx(),
                    Optional.of(network),
                    Optional.empty());

            assertThat(bundle.directory().resolve("network.zip")).doesNotExist();
            assertThat(ForecastBundle.of(ModelBundle.read(bundle))
                            .network()
                            .orElseThrow()
                            .bytes())
                    .asString()
                    .isEqualTo("weights");
        }
    }
}
