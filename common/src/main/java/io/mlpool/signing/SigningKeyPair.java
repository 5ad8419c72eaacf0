package io.mlpool.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** A new Ed25519 key pair on disk. */
public final class SigningKeyPair {

    private SigningKeyPair() {}

    /**
     * Makes one. The public key is trusted before the private one signs, so that nothing is signed in between which would be refused.
     *
     * @param key file of the private key, readable by its user only; replaced in one step if it exists
     * @param trusted folder of public keys, made if need be; it gets {@code <id>.pem}
     * @return id of the key
     */
    public static String create(Path key, Path trusted) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(Ed25519.NAME).generateKeyPair();
            String id = Ed25519.id(pair.getPublic());
            Files.createDirectories(trusted);
            Files.writeString(trusted.resolve(id + ".pem"), PemFile.text(pair.getPublic()));
            Files.createDirectories(key.toAbsolutePath().getParent());
            replace(key, PemFile.text(pair.getPrivate()));
            return id;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a new key to " + key, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes Ed25519 keys", e);
        }
    }

    /** Temporary files are made for their owner only. */
    private static void replace(Path file, String text) throws IOException {
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), ".key", ".part");
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
