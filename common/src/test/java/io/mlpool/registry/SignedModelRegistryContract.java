package io.mlpool.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.KeyFile;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ModelBundle;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.signing.BundleSigning;
import io.mlpool.signing.SigningKeyPair;
import io.mlpool.signing.TrustedKeys;
import io.mlpool.testing.ConstantModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every registry keeps of signatures, beside all else. */
abstract class SignedModelRegistryContract extends ModelRegistryContract {

    /** Writes over a file of a version's bundle where the registry keeps it, as somebody would who got in there. */
    abstract void overwrite(ModelVersion version, String file, byte[] content);

    @Test
    void encryptedBundlesAreKeptAsTheyAreAndReadByThoseWhoHaveTheKey() {
        KeyFile keys = new KeyFile(work.resolve("keys.json"));
        keys.create();
        Encryption encryption = Encryption.with(keys.path());
        ModelBundle bundle = ConstantModel.bundle(new StoredFolder(work.resolve("encrypted"), encryption), "run-1");
        Keys signers = new Keys("ours");

        ModelVersion version = open(signers.signing(), encryption).register(bundle, Map.of());

        ModelBundle fetched = open(signers.verifying(), encryption).fetch(version);
        ForecastBundle forecasts = ForecastBundle.of(fetched);
        assertThat(fetched.digest()).isEqualTo(bundle.digest());
        assertThat(fetched.directory().resolve("model.onnx")).doesNotExist();
        try (OnnxForecaster forecaster = forecasts.load()) {
            forecasts.golden().verify(forecaster);
        }
        assertThatThrownBy(() -> open().fetch(version))
                .isInstanceOf(BrokenBundleException.class)
                .hasMessageContaining("mlpool.encryption.keys");
    }

    @Test
    void whatATrustedKeySignedIsFetchedAndNothingElse() {
        Keys keys = new Keys("ours");
        ModelVersion signed = open(keys.signing()).register(bundle("run-1"), Map.of());
        ModelVersion unsigned = open().register(bundle("run-2"), Map.of());
        ModelVersion strange = open(new Keys("theirs").signing()).register(bundle("run-3"), Map.of());
        ModelRegistry strict = open(keys.verifying());

        assertThat(strict.fetch(signed).header().provenance().runId()).isEqualTo("run-1");
        assertRefused(strict, unsigned, "version 2 of price-1h is not signed");
        assertRefused(strict, strange, "version 3 of price-1h is signed by the key ", "which is not trusted");
        assertThat(open().fetch(strange).header().provenance().runId()).isEqualTo("run-3");
    }

    @Test
    void keysAreRotatedWithoutARestartAndRetiredOnesNoLongerCount() throws IOException {
        Keys keys = new Keys("ours");
        ModelRegistry registry = open(keys.signing());
        ModelVersion before = registry.register(bundle("run-1"), Map.of());
        String old = keys.signing().keyId();

        SigningKeyPair.create(keys.key(), keys.trusted());
        ModelVersion after = registry.register(bundle("run-2"), Map.of());
        assertThat(keys.signing().keyId()).isNotEqualTo(old);
        assertThat(registry.fetch(before).digest())
                .isNotEqualTo(registry.fetch(after).digest());

        Files.delete(keys.trusted().resolve(old + ".pem"));
        assertThat(registry.fetch(after).signature()).isPresent();
        assertRefused(registry, before, "is signed by the key " + old, "or not any more");
    }

    @Test
    void versionOfBeforeIsSignedByWhoKnowsThatItIsTheirs() {
        Keys keys = new Keys("ours");
        ModelVersion version = open().register(bundle("run-1"), Map.of());

        open(keys.signing()).sign(version);

        assertThat(open(keys.verifying()).fetch(version).digest())
                .isEqualTo(bundle("run-1").digest());
    }

    @Test
    void changedFileIsNoticedAlsoWhenTheListOfDigestsIsChangedWithIt() {
        Keys keys = new Keys("ours");
        ModelVersion version = open(keys.signing()).register(bundle("run-1"), Map.of());
        ModelBundle other = bundle("run-2");

        overwrite(version, "bundle.json", bytes(other, "bundle.json"));
        assertRefused(open(keys.verifying()), version, "bundle.json was changed: its SHA-256 is ");

        other.files().forEach(file -> overwrite(version, file, bytes(other, file)));
        assertRefused(open(keys.verifying()), version, "or SHA256SUMS was changed after it was signed");
    }

    @Test
    void oldSignatureThatIsReplayedIsNamed() {
        Keys keys = new Keys("ours");
        ModelRegistry registry = open(keys.signing());
        ModelVersion first = registry.register(bundle("run-1"), Map.of());
        ModelVersion second = registry.register(bundle("run-2"), Map.of());

        overwrite(second, "SIGNATURE", bytes(registry.fetch(first), "SIGNATURE"));

        assertRefused(
                open(keys.verifying()),
                second,
                "the signature of version 2 of price-1h is an old one that was replayed",
                "those of run run-1 of price-1h");
    }

    @Test
    void oldBundleInThePlaceOfANewOneIsNamedAlthoughItIsSigned() {
        Keys keys = new Keys("ours");
        ModelRegistry registry = open(keys.signing());
        ModelBundle old = bundle("run-1");
        String signature =
                registry.fetch(registry.register(old, Map.of())).signature().orElseThrow();
        ModelVersion second = registry.register(bundle("run-2"), Map.of());

        old.files().forEach(file -> overwrite(second, file, bytes(old, file)));
        overwrite(second, "SIGNATURE", signature.getBytes(StandardCharsets.UTF_8));

        assertRefused(
                open(keys.verifying()),
                second,
                "version 2 of price-1h was registered for run run-2, but in its place is the signed bundle of run run-1");
    }

    @Test
    void bundleOfAnotherModelIsNamedAlthoughItIsSigned() {
        Keys keys = new Keys("ours");
        ModelRegistry registry = open(keys.signing());
        ModelBundle hourly = bundle("run-1");
        String signature =
                registry.fetch(registry.register(hourly, Map.of())).signature().orElseThrow();
        ModelVersion daily = registry.register(
                ForecastBundle.write(
                                StoredFolder.plain(work.resolve("daily")),
                                ConstantModel.manifest("price-1d", "run-1"),
                                ConstantModel.golden(),
                                ConstantModel.onnx(),
                                Optional.empty(),
                                Optional.empty())
                        .bundle(),
                Map.of());

        hourly.files().forEach(file -> overwrite(daily, file, bytes(hourly, file)));
        overwrite(daily, "SIGNATURE", signature.getBytes(StandardCharsets.UTF_8));

        assertRefused(
                open(keys.verifying()),
                daily,
                "version 1 of price-1d was registered for run run-1, but in its place is the signed bundle of run run-1 of price-1h");
    }

    @Test
    void nothingIsFetchedWhileTheTrustedKeysCannotBeRead() throws IOException {
        Keys keys = new Keys("ours");
        ModelRegistry registry = open(keys.signing());
        ModelVersion version = registry.register(bundle("run-1"), Map.of());

        Files.move(keys.trusted(), work.resolve("away"));
        assertRefused(registry, version, "the folder of trusted keys " + keys.trusted() + " cannot be read");

        Files.move(work.resolve("away"), keys.trusted());
        assertThat(registry.fetch(version).signature()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "run: run-1, run: run-9, was forged or changed: the key",
        "'ed25519: ', 'ed25519: AAAA', was forged or changed: the key",
        "mlpool bundle, another, was damaged: it is not in the form of signatures"
    })
    void forgedSignatureIsNamed(String genuine, String forged, String reason) {
        Keys keys = new Keys("ours");
        ModelVersion version = open(keys.signing()).register(bundle("run-1"), Map.of());
        String signature = open().fetch(version)
                .signature()
                .orElseGet(() -> keys.signing().signature(bundle("run-1")).orElseThrow());

        overwrite(version, "SIGNATURE", signature.replace(genuine, forged).getBytes(StandardCharsets.UTF_8));

        assertRefused(open(keys.verifying()), version, reason);
    }

    private static void assertRefused(ModelRegistry registry, ModelVersion version, String... reasons) {
        assertThatThrownBy(() -> registry.fetch(version))
                .isInstanceOf(BrokenBundleException.class)
                .message()
                .contains(reasons);
    }

    private static byte[] bytes(ModelBundle bundle, String file) {
        try {
            return Files.readAllBytes(bundle.directory().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A team's keys in folders of their own. */
    private final class Keys {

        private final Path folder;

        Keys(String owner) {
            folder = work.resolve(owner);
            SigningKeyPair.create(key(), trusted());
        }

        Path key() {
            return folder.resolve("signing.pem");
        }

        Path trusted() {
            return folder.resolve("trusted");
        }

        BundleSigning signing() {
            return BundleSigning.by(key(), new TrustedKeys(trusted()));
        }

        BundleSigning verifying() {
            return BundleSigning.verifying(new TrustedKeys(trusted()));
        }
    }
}
