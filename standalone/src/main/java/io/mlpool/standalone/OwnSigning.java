package io.mlpool.standalone;

import io.mlpool.mlflow.Mlflow;
import io.mlpool.registry.MlflowRegistry;
import io.mlpool.registry.ModelVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool that signs with a key of its own. What it held before it had one is signed once, since nobody else writes to its home. */
record OwnSigning(PoolHome home) {

    private static final Logger LOG = LoggerFactory.getLogger(OwnSigning.class);

    /**
     * The settings of services that use this key; none where others are told of, or others put models into the same registry.
     *
     * @param mlflow the local MLflow, if it runs
     */
    Map<String, Object> begin(Optional<URI> mlflow) {
        if (!isWanted()) {
            return Map.of();
        }
        SigningKeys keys = home.signing();
        if (!keys.exist()) {
            tell(keys.begin(home.registry()));
        }
        mlflow.ifPresent(this::signOnce);
        return keys.settings();
    }

    private static boolean isWanted() {
        return Stream.of("MLPOOL_SIGNING_KEY", "MLPOOL_SIGNING_TRUSTED", "EXPERIMENT_TRACKING_URI")
                .map(System.getenv()::get)
                .allMatch(value -> value == null || value.isBlank());
    }

    /** The key may be older than the first start with MLflow that knows of keys, so that a file remembers. */
    private void signOnce(URI mlflow) {
        Path done = home.mlflow().resolve("models-signed");
        if (!Files.exists(done)) {
            tell(SigningKeys.signUnsigned(new MlflowRegistry(
                    Mlflow.at(mlflow),
                    home.models().resolve("fetched"),
                    home.signing().signing(),
                    KeyFileSetting.encryption())));
            try {
                Files.createFile(done);
            } catch (IOException e) {
                throw new MlpoolException("cannot write " + done, e);
            }
        }
    }

    private void tell(List<ModelVersion> signed) {
        if (!signed.isEmpty()) {
            LOG.info(
                    "Signed with the key {} what is from before there was one: {}",
                    home.signing().signing().keyId(),
                    signed.stream().map(ModelVersion::inWords).collect(Collectors.joining(", ")));
        }
    }
}
