package io.mlpool.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.model.ModelBundle;
import io.mlpool.signing.BundleSigning;
import io.mlpool.testing.ConstantModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchedBundlesTest {

    private static final int ROUNDS = 30;
    private static final int READERS = 6;

    @TempDir
    Path work;

    @Test
    void whatSeveralMendAtOnceIsNeverTakenFromThoseWhoReadIt() throws Exception {
        ModelBundle bundle = ConstantModel.bundle(work.resolve("bundle"), "run-1");
        ModelVersion version = new ModelVersion(
                "price-1h", 1, "run-1", Instant.EPOCH, Map.of(FetchedBundles.DIGEST_TAG, bundle.digest()));
        Callable<String> read = () -> {
            FetchedBundles fetched = new FetchedBundles(StoredFolder.plain(work.resolve("fetched")));
            return fetched.fetch(version, BundleSigning.none(), _ -> from(bundle.directory()))
                    .digest();
        };
        Path home = work.resolve("fetched/price-1h/1");
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                Files.createDirectories(home);
                Files.writeString(home.resolve("model.onnx"), "damaged");
                List<Future<String>> readers = threads.invokeAll(
                        Stream.generate(() -> read).limit(READERS).toList());
                for (Future<String> reader : readers) {
                    assertThat(reader.get()).isEqualTo(bundle.digest());
                }
            }
        }
        try (Stream<Path> left = Files.list(work.resolve("fetched/.staging"))) {
            assertThat(left).isEmpty();
        }
    }

    private static FetchedBundles.Source from(Path directory) {
        return (file, target) -> {
            try {
                Files.copy(directory.resolve(file), target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
