package io.mlpool.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a secret.
 *
 * @param sha256 of its text
 * @param validUntil exclusive; null for the newest secret of a key
 */
record SecretHash(byte[] sha256, @Nullable Instant validUntil) {

    /** SHA-256 of a secret's text. A slow hash would protect nothing: nobody tries out 256 random bits. */
    static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.ISO_8859_1));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether this is it and still counts; takes as long for a wrong one as for the right one. */
    boolean accepts(byte[] presented, Instant now) {
        return MessageDigest.isEqual(sha256, presented) && (validUntil == null || now.isBefore(validUntil));
    }
}
