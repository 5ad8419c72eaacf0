package io.mlpool.serving;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.encryption.Encryption;
import io.mlpool.encryption.KeyFile;
import io.mlpool.encryption.KeyFileException;
import io.mlpool.encryption.StoredFolder;
import io.mlpool.registry.Alias;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.testing.ConstantModel;
import io.mlpool.testing.SettableClock;
import io.mlpool.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedModelsTest {

    @TempDir
    private Path folder;

    private KeyFile keys;

    @BeforeEach
    void makeAKey() {
        keys = new KeyFile(folder.resolve("keys.json"));
        keys.create();
    }

    @Test
    void encryptedModelsGoLiveAlsoThoseOfAKeyThatCameWhileItRan() {
        assign(register("first", Encryption.with(keys.path())));

        try (ServingServer server = start("mlpool.encryption.keys=" + keys.path())) {
            eventually(() -> assertThat(live(server)).isEqualTo(1));

            keys.rotate();
            assign(register("second", Encryption.with(keys.path())));

            eventually(() -> assertThat(live(server)).isEqualTo(2));
        }
    }

    @Test
    void withoutTheKeyAModelDoesNotGoLiveAndTheSettingIsNamed() {
        ModelVersion plain = register("plain", Encryption.off());
        assign(plain);

        try (ServingServer server = start()) {
            eventually(() -> assertThat(live(server)).isEqualTo(1));

            assign(register("encrypted", Encryption.with(keys.path())));

            eventually(() -> assertThat(server.get("/models/price-1h").body())
                    .contains("is encrypted: let mlpool.encryption.keys name the key file"));
            assertThat(live(server)).as("what is live stays live").isEqualTo(1);
        }
    }

    @Test
    void aKeyFileThatIsNotThereStopsTheStart() {
        assertThatThrownBy(() -> start("mlpool.encryption.keys=" + folder.resolve("none.json")))
                .hasStackTraceContaining(KeyFileException.class.getName())
                .hasStackTraceContaining("does not exist; ./mlpool encryption create");
    }

    private ServingServer start(String... settings) {
        return ServingServer.start(
                TestDatabase.create(), folder, new SettableClock(Instant.parse("2026-01-01T00:00:00Z")), settings);
    }

    private ModelVersion register(String run, Encryption encryption) {
        return registry()
                .register(ConstantModel.bundle(new StoredFolder(folder.resolve(run), encryption), run), Map.of());
    }

    private void assign(ModelVersion version) {
        registry().assign("price-1h", Alias.CHAMPION, version.version());
    }

    /** Keeps bundles as they are and needs no key for that. */
    private ModelRegistry registry() {
        return new FolderRegistry(folder.resolve("registry"));
    }

    private static int live(ServingServer server) {
        return server.json(server.get("/models/price-1h"))
                .path("live")
                .path("champion")
                .path("version")
                .asInt();
    }
}
