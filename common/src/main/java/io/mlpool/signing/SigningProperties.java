package io.mlpool.signing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Who signs models, and whose signatures count.
 *
 * @param key file with the Ed25519 private key of the service that trains; null where nothing is signed
 * @param trusted folder with public keys, one in each {@code *.pem}; null where no signature is asked for
 */
@ConfigurationProperties("mlpool.signing")
public record SigningProperties(
        @Nullable Path key, @Nullable Path trusted) {

    public SigningProperties {
        if (key != null && trusted == null) {
            throw new IllegalArgumentException(
                    "mlpool.signing.key is set without mlpool.signing.trusted, the folder with its public part");
        }
        if (trusted != null && !Files.isDirectory(trusted)) {
            throw new IllegalArgumentException(
                    "mlpool.signing.trusted must be a folder with public keys in *.pem files; %s is none"
                            .formatted(trusted));
        }
    }

    /**
     * Both, after a look at whether they can be used.
     *
     * @throws IllegalArgumentException when there is no trusted key, or the one that signs is not among them
     */
    public BundleSigning signing() {
        if (trusted == null) {
            return BundleSigning.none();
        }
        TrustedKeys keys = new TrustedKeys(trusted);
        if (keys.all().isEmpty()) {
            throw new IllegalArgumentException(
                    "mlpool.signing.trusted: there is no *.pem file with an Ed25519 public key in %s, so every model would be refused"
                            .formatted(trusted));
        }
        if (key == null) {
            return BundleSigning.verifying(keys);
        }
        BundleSigning signing = BundleSigning.by(key, keys);
        signing.keyId();
        return signing;
    }
}
