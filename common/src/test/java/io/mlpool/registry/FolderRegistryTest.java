package io.mlpool.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.encryption.Encryption;
import io.mlpool.signing.BundleSigning;
import io.mlpool.testing.ConstantModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FolderRegistryTest extends ModelRegistryContract {

    @Override
    ModelRegistry open(BundleSigning signing, Encryption encryption) {
        return new FolderRegistry(work.resolve("registry"), signing, encryption);
    }

    @Override
    void overwrite(ModelVersion version, String file, byte[] content) {
        Path bundle = work.resolve("registry/%s/versions/%d/bundle".formatted(version.model(), version.version()));
        try {
            Files.write(bundle.resolve(file), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "folders cannot be forced to disk there")
    void aVersionAndAnAliasAreOnDiskBeforeTheyAreAnswered() throws IOException {
        ModelRegistry registry = open();
        try (Recording forced = new Recording()) {
            forced.enable("jdk.FileForce").withThreshold(Duration.ZERO).withoutStackTrace();
            forced.start();
            registry.register(ConstantModel.bundle(work.resolve("bundle"), "run-1"), Map.of());
            registry.assign("price-1h", Alias.CHAMPION, 1);
            registry.unassign("price-1h", Alias.CHAMPION);
            forced.stop();

            List<String> paths = pathsOf(forced);
            Path model = work.resolve("registry/price-1h");
            assertThat(paths)
                    .anyMatch(path -> path.endsWith("/bundle/model.onnx"))
                    .anyMatch(path -> path.endsWith("/bundle/SHA256SUMS"))
                    .anyMatch(path -> path.endsWith("/bundle"))
                    .anyMatch(path -> path.endsWith("/version.json"))
                    .contains(model.resolve("versions").toString(), model.toString())
                    .containsSubsequence(
                            model.resolve("aliases").toString(),
                            model.resolve("aliases").toString());
        }
    }

    private List<String> pathsOf(Recording recording) throws IOException {
        Path file = work.resolve("forced.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .map(event -> event.getString("path"))
                .toList();
    }
}
