package io.mlpool.standalone;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.MlflowProperties;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.MlflowRegistry;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.signing.BundleSigning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say whose keys and models: those of the pool in a home, or of services that are told as they are. */
final class SigningPlace {

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The private key that signs. Default: $$MLPOOL_SIGNING_KEY, or that of the pool in --home")
    private @Nullable Path key;

    @Option(
            names = "--trusted",
            paramLabel = "DIR",
            description =
                    "Folder of the public keys that are trusted. Default: $$MLPOOL_SIGNING_TRUSTED, or that of the pool in --home")
    private @Nullable Path trusted;

    @Option(
            names = "--storage",
            paramLabel = "DIR",
            description =
                    "Folder of the models. Default: $$MODEL_STORAGE_PATH, or that of the pool in --home. Where $$EXPERIMENT_TRACKING_URI is set: the models of "
                            + "that MLflow")
    private @Nullable Path storage;

    @Mixin
    private HomeOption home = new HomeOption();

    SigningKeys keys() {
        SigningKeys own = home.home().signing();
        return new SigningKeys(
                first(key, "MLPOOL_SIGNING_KEY", own.key()), first(trusted, "MLPOOL_SIGNING_TRUSTED", own.trusted()));
    }

    /**
     * The keys, where there are any.
     *
     * @throws MlpoolException when there is no folder of trusted keys
     */
    SigningKeys requireKeys() {
        SigningKeys keys = keys();
        if (!Files.isDirectory(keys.trusted())) {
            throw new MlpoolException(
                    "there are no signing keys at %s: ./mlpool run makes them for the pool in --home, ./mlpool signing rotate makes them anywhere"
                            .formatted(keys.trusted()));
        }
        return keys;
    }

    /** Does something with the registry. */
    <T> T ask(BundleSigning signing, Function<ModelRegistry, T> question) {
        Optional<String> server = environment("EXPERIMENT_TRACKING_URI");
        if (server.isEmpty()) {
            Path models = first(storage, "MODEL_STORAGE_PATH", home.home().models());
            return question.apply(new FolderRegistry(models.resolve("registry"), signing, KeyFileSetting.encryption()));
        }
        try {
            Path cache = Files.createTempDirectory("mlpool-signing");
            try {
                return question.apply(new MlflowRegistry(
                        new Mlflow(mlflow(server.get()), Optional.empty()),
                        cache,
                        signing,
                        KeyFileSetting.encryption()));
            } finally {
                FileSystemUtils.deleteRecursively(cache);
            }
        } catch (IOException e) {
            throw new MlpoolException("cannot keep bundles of MLflow for a moment: " + e.getMessage(), e);
        }
    }

    private static MlflowProperties mlflow(String server) {
        return new MlflowProperties(
                server,
                environment("MLFLOW_TRACKING_USERNAME").orElse(null),
                environment("MLFLOW_TRACKING_PASSWORD").orElse(null),
                environment("MLFLOW_TRACKING_TOKEN").orElse(null),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                List.of(Duration.ofSeconds(1)),
                null);
    }

    private static Path first(@Nullable Path option, String variable, Path usual) {
        return option != null ? option : environment(variable).map(Path::of).orElse(usual);
    }

    private static Optional<String> environment(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    }
}
