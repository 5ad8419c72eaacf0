package io.mlpool.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys in the text form of RFC 7468, as {@code openssl genpkey -algorithm ed25519} writes them. */
final class PemFile {

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private PemFile() {}

    /** @throws IllegalArgumentException when it cannot be read or holds none, saying what would make one */
    static PrivateKey readPrivate(Path file) {
        try {
            return KeyFactory.getInstance(Ed25519.NAME).generatePrivate(new PKCS8EncodedKeySpec(read(file, PRIVATE)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s holds no Ed25519 private key (%s); openssl genpkey -algorithm ed25519 -out %s makes one"
                            .formatted(file, e, file),
                    e);
        }
    }

    /** @throws IllegalArgumentException when it cannot be read or holds none */
    static PublicKey readPublic(Path file) {
        try {
            return KeyFactory.getInstance(Ed25519.NAME).generatePublic(new X509EncodedKeySpec(read(file, PUBLIC)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s holds no Ed25519 public key (%s); openssl pkey -in KEY -pubout -out %s takes it from a private one"
                            .formatted(file, e, file),
                    e);
        }
    }

    static String text(PrivateKey key) {
        return text(PRIVATE, key.getEncoded());
    }

    static String text(PublicKey key) {
        return text(PUBLIC, key.getEncoded());
    }

    private static String text(String label, byte[] encoded) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(label, Base64.getEncoder().encodeToString(encoded), label)
                .replace("\r", "");
    }

    private static byte[] read(Path file, String label) throws IOException {
        String text = Files.readString(file);
        String begin = "-----BEGIN %s-----".formatted(label);
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END %s-----".formatted(label));
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("there is no '%s' in it".formatted(begin));
        }
        return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    }
}
