package io.mlpool.standalone;

import io.mlpool.model.BrokenBundleException;
import io.mlpool.registry.FolderRegistry;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.signing.BundleSigning;
import io.mlpool.signing.SigningKeyPair;
import io.mlpool.signing.TrustedKeys;
import io.mlpool.signing.UnsignedBundleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * The key that signs a pool's models, and the folder of those that are trusted.
 *
 * @param key file of the private key
 * @param trusted folder of public keys
 */
record SigningKeys(Path key, Path trusted) {

    private static final String KEY = "signing.pem";
    private static final String TRUSTED = "trusted";

    /** Those of a standalone pool, wherever it keeps them. */
    static SigningKeys in(Path folder) {
        return new SigningKeys(folder.resolve(KEY), folder.resolve(TRUSTED));
    }

    /** The same in the folder that holds this file. */
    static SigningKeys beside(Path file) {
        return new SigningKeys(file.resolveSibling(KEY), file.resolveSibling(TRUSTED));
    }

    boolean exist() {
        return Files.exists(key);
    }

    /** Makes another pair, which signs from now on; what is trusted stays trusted. Gives its id. */
    String rotate() {
        return SigningKeyPair.create(key, trusted);
    }

    /** Signs with the key and verifies with those that are trusted, as far as there are any. */
    BundleSigning signing() {
        if (!Files.isDirectory(trusted)) {
            return BundleSigning.none();
        }
        TrustedKeys keys = new TrustedKeys(trusted);
        return exist() ? BundleSigning.by(key, keys) : BundleSigning.verifying(keys);
    }

    /**
     * Makes the first pair and signs with it what is there from before. It is put in its place last: whoever is killed before begins again, and
     * what was signed stays trusted. Gives what was signed.
     */
    List<ModelVersion> begin(Path registry) {
        SigningKeys fresh = new SigningKeys(key.resolveSibling("first.pem"), trusted);
        fresh.rotate();
        List<ModelVersion> signed =
                signUnsigned(new FolderRegistry(registry, fresh.signing(), KeyFileSetting.encryption()));
        try {
            Files.move(fresh.key, key, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new MlpoolException("cannot write the key that signs models to " + key, e);
        }
        return signed;
    }

    /** Of the services that use the same. */
    Map<String, Object> settings() {
        return Map.of("mlpool.signing.key", key, "mlpool.signing.trusted", trusted);
    }

    /** Signs all versions that nobody has signed, and gives them. */
    static List<ModelVersion> signUnsigned(ModelRegistry registry) {
        List<ModelVersion> unsigned = registry.models().stream()
                .flatMap(model -> registry.versions(model).stream())
                .filter(version -> isUnsigned(version, registry))
                .toList();
        unsigned.forEach(registry::sign);
        return unsigned;
    }

    private static boolean isUnsigned(ModelVersion version, ModelRegistry registry) {
        try {
            registry.fetch(version);
            return false;
        } catch (UnsignedBundleException e) {
            return true;
        } catch (BrokenBundleException leftAsItIs) {
            return false;
        }
    }
}
