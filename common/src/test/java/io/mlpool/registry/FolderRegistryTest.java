package io.mlpool.registry;

import static io.mlpool.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mlpool.encryption.Encryption;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.signing.BundleSigning;
import io.mlpool.testing.ConstantModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderRegistryTest extends SignedModelRegistryContract {

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
    void ofManyWhoReplaceTheSameChampionAtOnceOneDoes() throws Exception {
        ModelRegistry registry = open();
        for (int run = 1; run <= 2; run++) {
            registry.register(ConstantModel.bundle(work.resolve("bundle" + run), "run-" + run), Map.of());
        }
        for (int round = 0; round < 50; round++) {
            registry.assign("price-1h", Alias.CHAMPION, 1);
            List<Callable<Boolean>> replacing =
                    Collections.nCopies(4, () -> open().replace("price-1h", Alias.CHAMPION, 1, 2));
            int done = 0;
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (Future<Boolean> one : threads.invokeAll(replacing)) {
                    done += one.get() ? 1 : 0;
                }
            }
            assertThat(done).isEqualTo(1);
        }
    }

    @Test
    void anAliasIsTakenAwayOnlyWhenNobodyElseChangesTheModel() throws Exception {
        ModelRegistry registry = open();
        registry.register(ConstantModel.bundle(work.resolve("bundle1"), "run-1"), Map.of());
        registry.assign("price-1h", Alias.CHAMPION, 1);
        Thread taking = new Thread(() -> open().unassign("price-1h", Alias.CHAMPION));

        FolderLock.holding(work.resolve("registry/price-1h"), () -> {
            taking.start();
            eventually(() -> assertThat(taking.getState()).isIn(Thread.State.WAITING, Thread.State.TERMINATED));
            assertThat(registry.target("price-1h", Alias.CHAMPION)).hasValue(1);
            return 1;
        });

        taking.join();
        assertThat(registry.target("price-1h", Alias.CHAMPION)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``,                              is damaged",
                "`{\"version\":2`,                is damaged",
                "null,                            is that of another version",
                "{},                              is damaged",
                "`{\"model\":\"price-1h\",\"version\":3,\"run_id\":\"x\",\"created_at\":\"2026-01-01T00:00:00Z\",\"tags\":{}}`, is damaged"
            })
    void damagedVersionIsNamedAndTheOthersAreThere(String content, String words) throws IOException {
        ModelRegistry registry = open();
        for (int run = 1; run <= 3; run++) {
            registry.register(ConstantModel.bundle(work.resolve("bundle" + run), "run-" + run), Map.of());
        }
        registry.assign("price-1h", Alias.CHAMPION, 2);
        Files.writeString(versionFile(2), content);

        ModelVersions versions = registry.list("price-1h");
        assertThat(versions.readable()).extracting(ModelVersion::version).containsExactly(1, 3);
        assertThat(versions.damaged()).containsExactly(Map.entry(2, "version 2 of price-1h: version.json " + words));
        assertThatThrownBy(() -> registry.find("price-1h", 2)).isInstanceOf(BrokenBundleException.class);
        assertThatThrownBy(() -> registry.assign("price-1h", Alias.CHALLENGER, 2))
                .isInstanceOf(BrokenBundleException.class);
        assertThat(registry.target("price-1h", Alias.CHAMPION)).hasValue(2);
    }

    @Test
    void descriptionOfAnotherVersionIsNoDescription() throws IOException {
        ModelRegistry registry = open();
        registry.register(ConstantModel.bundle(work.resolve("bundle1"), "run-1"), Map.of());
        registry.register(ConstantModel.bundle(work.resolve("bundle2"), "run-2"), Map.of());
        Files.copy(versionFile(1), versionFile(2), StandardCopyOption.REPLACE_EXISTING);

        assertThat(registry.list("price-1h").damaged().get(2)).endsWith("version.json is that of another version");
    }

    @Test
    void numberOfADamagedVersionIsNotGivenAgain() throws IOException {
        ModelRegistry registry = open();
        registry.register(ConstantModel.bundle(work.resolve("bundle1"), "run-1"), Map.of());
        Files.delete(versionFile(1));

        assertThat(registry.list("price-1h").damaged().get(1)).endsWith("version.json is missing or cannot be read");
        assertThat(registry.register(ConstantModel.bundle(work.resolve("bundle2"), "run-2"), Map.of())
                        .version())
                .isEqualTo(2);
    }

    private Path versionFile(int version) {
        return work.resolve("registry/price-1h/versions/%d/version.json".formatted(version));
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
