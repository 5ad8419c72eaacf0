package io.mlpool.standalone;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.mlflow.MlflowProperties;
import io.mlpool.registry.BundleNotKeptException;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.MlflowRegistry;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.signing.BundleSigning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
                    "Folder of the models. Default: $$MODEL_STORAGE_PATH, or those of the pool in --home with its local MLflow. Where "
                            + "$$EXPERIMENT_TRACKING_URI is set: the models of that MLflow")
    private @Nullable Path storage;

    @Mixin
    private HomeOption home = new HomeOption();

    /** Whoever names one of the two has the other beside it, unless that is named too. */
    SigningKeys keys() {
        Optional<Path> signs = named(key, "MLPOOL_SIGNING_KEY");
        Optional<Path> counts = named(trusted, "MLPOOL_SIGNING_TRUSTED");
        SigningKeys usual = signs.or(() -> counts).map(SigningKeys::beside).orElseGet(() -> home.home()
                .signing());
        return new SigningKeys(signs.orElse(usual.key()), counts.orElse(usual.trusted()));
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

    /**
     * Asks each registry there is: that of a home, and its local MLflow where it runs, or the one that services of one's own use.
     *
     * @throws MlpoolException when one does not answer
     */
    <T> List<T> ask(BundleSigning signing, Function<ModelRegistry, T> question) {
        Optional<String> server = environment("EXPERIMENT_TRACKING_URI");
        List<T> answers = new ArrayList<>();
        if (server.isEmpty()) {
            Path models = named(storage, "MODEL_STORAGE_PATH")
                    .orElseGet(() -> home.home().models());
            answers.add(inWords(() -> question.apply(
                    new FolderRegistry(models.resolve("registry"), signing, KeyFileSetting.encryption()))));
        }
        server.or(this::localMlflow).ifPresent(uri -> answers.add(inWords(() -> askMlflow(uri, signing, question))));
        return answers;
    }

    /** Models that cannot be looked at now; empty when all can. */
    Optional<String> unseen() {
        boolean looked = storageIsNamed()
                || environment("EXPERIMENT_TRACKING_URI").isPresent()
                || home.runningMlflow().isPresent();
        return looked || !Files.exists(home.home().mlflow())
                ? Optional.empty()
                : Optional.of("the models in the MLflow of %s, which does not run (./mlpool run --mlflow starts it)"
                        .formatted(home.home().folder()));
    }

    /** What can go wrong with keys and models, as something that the user can mend. */
    static <T> T inWords(Supplier<T> deed) {
        try {
            return deed.get();
        } catch (IllegalArgumentException | UncheckedIOException | MlflowException | BundleNotKeptException e) {
            throw new MlpoolException(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<String> localMlflow() {
        return storageIsNamed() ? Optional.empty() : home.runningMlflow();
    }

    private boolean storageIsNamed() {
        return named(storage, "MODEL_STORAGE_PATH").isPresent();
    }

    /** Bundles are fetched for this moment only. */
    private static <T> T askMlflow(String server, BundleSigning signing, Function<ModelRegistry, T> question) {
        try {
            Path cache = Files.createTempDirectory("mlpool-signing");
            try {
                return question.apply(new MlflowRegistry(
                        new Mlflow(mlflow(server), Optional.empty()), cache, signing, KeyFileSetting.encryption()));
            } finally {
                FileSystemUtils.deleteRecursively(cache);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep bundles of MLflow for a moment", e);
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

    private static Optional<Path> named(@Nullable Path option, String variable) {
        return Optional.ofNullable(option).or(() -> environment(variable).map(Path::of));
    }

    private static Optional<String> environment(String variable) {
        return Optional.ofNullable(System.getenv(variable)).filter(value -> !value.isBlank());
    }
}
