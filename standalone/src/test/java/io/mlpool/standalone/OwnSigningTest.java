package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.registry.MlflowRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.signing.BundleSigning;
import io.mlpool.signing.UnsignedBundleException;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.Forgetting;
import io.mlpool.testing.RealMlflow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnSigningTest {

    @TempDir
    private Path folder;

    @Test
    void whatTheLocalMlflowHeldBeforeIsSignedOnceAlsoWhenTheKeyIsOlder() throws IOException {
        URI mlflow = RealMlflow.shared().uri();
        Forgetting.model(mlflow, "price-1h");
        PoolHome home = new PoolHome(folder.resolve("home"));
        Files.createDirectories(home.mlflow());
        ModelVersion before = register(mlflow, "before");

        new OwnSigning(home).begin(Optional.empty());
        Map<String, Object> settings = new OwnSigning(home).begin(Optional.of(mlflow));

        assertThat(settings).containsKeys("mlpool.signing.key", "mlpool.signing.trusted");
        MlflowRegistry strict = registry(mlflow, home.signing().signing());
        assertThat(BundleSigning.signer(strict.fetch(before)))
                .hasValue(home.signing().signing().keyId());

        ModelVersion smuggled = register(mlflow, "smuggled");
        new OwnSigning(home).begin(Optional.of(mlflow));
        assertThatThrownBy(() -> strict.fetch(smuggled)).isInstanceOf(UnsignedBundleException.class);
    }

    private ModelVersion register(URI mlflow, String runId) {
        return registry(mlflow, BundleSigning.none())
                .register(ConstantModel.bundle(folder.resolve(runId), runId), Map.of());
    }

    private MlflowRegistry registry(URI mlflow, BundleSigning signing) {
        return new MlflowRegistry(Mlflow.at(mlflow), folder.resolve("fetched"), signing);
    }
}
