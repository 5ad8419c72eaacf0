package io.mlpool.signing;

import java.nio.file.Path;
import java.security.PublicKey;

/**
 * A public key whose signatures count.
 *
 * @param id by which signatures name it
 * @param file that it was read from
 */
public record TrustedKey(String id, Path file, PublicKey key) {

    static TrustedKey read(Path file) {
        PublicKey key = PemFile.readPublic(file);
        return new TrustedKey(Ed25519.id(key), file, key);
    }
}
