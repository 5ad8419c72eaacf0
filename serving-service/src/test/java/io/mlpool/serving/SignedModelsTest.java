package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.signing.BundleSigning;
import io.mlpool.signing.SigningKeyPair;
import io.mlpool.signing.TrustedKeys;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedModelsTest {

    @TempDir
    private Path folder;

    @Test
    void onlyWhatATrustedKeyHasSignedGoesLiveAndTheReasonIsShown() {
        Path key = folder.resolve("signing.pem");
        Path trusted = folder.resolve("trusted");
        SigningKeyPair.create(key, trusted);
        ModelRegistry training =
                new FolderRegistry(folder.resolve("registry"), BundleSigning.by(key, new TrustedKeys(trusted)));
        ModelVersion signed = training.register(ConstantModel.bundle(folder.resolve("signed"), "signed"), Map.of());
        training.assign("price-1h", Alias.CHAMPION, signed.version());

        try (ServingServer server = ServingServer.start(
                TestDatabase.create(),
                folder,
                new SettableClock(Instant.parse("2026-01-01T00:00:00Z")),
                "mlpool.signing.trusted=" + trusted)) {
            eventually(() -> assertThat(live(server)).isEqualTo(1));

            server.promote();
            eventually(() -> assertThat(server.get("/models/price-1h").body())
                    .contains("version 2 of price-1h is not signed, and only what a key in trusted has signed")
                    .as("folders are told to who watches over the service only")
                    .doesNotContain(folder.toString()));
            assertThat(server.get("/actuator/health").body()).contains("only what a key in " + trusted);
            assertThat(live(server)).as("what is live stays live").isEqualTo(1);
            assertThat(server.get("/models/price-1h/versions/2").body()).contains("is not signed");

            HttpResponse<String> byHand = server.post("/models/price-1h/aliases/champion", "{\"version\":2}");
            assertThat(byHand.statusCode()).isEqualTo(409);
            assertThat(byHand.body()).contains("cannot go live: version 2 of price-1h is not signed");
        }
    }

    @Test
    void keyThatIsTrustedLaterCountsWithoutARestart() {
        Path trusted = folder.resolve("trusted");
        SigningKeyPair.create(folder.resolve("ours.pem"), trusted);
        Path key = folder.resolve("new/signing.pem");
        Path published = folder.resolve("new/trusted");
        String id = SigningKeyPair.create(key, published);
        ModelRegistry training =
                new FolderRegistry(folder.resolve("registry"), BundleSigning.by(key, new TrustedKeys(published)));
        ModelVersion version = training.register(ConstantModel.bundle(folder.resolve("signed"), "signed"), Map.of());
        training.assign("price-1h", Alias.CHAMPION, version.version());

        try (ServingServer server = ServingServer.start(
                TestDatabase.create(),
                folder,
                new SettableClock(Instant.parse("2026-01-01T00:00:00Z")),
                "mlpool.signing.trusted=" + trusted)) {
            eventually(() -> assertThat(server.get("/models/price-1h").body())
                    .contains("version 1 of price-1h is signed by the key " + id + ", which is not trusted"));

            copy(published.resolve(id + ".pem"), trusted.resolve("new.pem"));
            server.post("/models/reload", "");

            assertThat(live(server)).isEqualTo(1);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int live(ServingServer server) {
        return server.json(server.get("/models/price-1h"))
                .path("live")
                .path("champion")
                .path("version")
                .asInt();
    }
}
