package io.mlpool.signing;

import io.mlpool.model.ModelBundle;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a bundle's {@code SIGNATURE}: a statement, and behind it what a key says to exactly these lines.
 *
 * @param model registered name
 * @param runId training run that made the bundle
 * @param digest {@link ModelBundle#digest}, and so of every file but this one
 * @param keyId of the public key that verifies it
 * @param value 64 bytes of Ed25519
 */
record BundleSignature(String model, String runId, String digest, String keyId, byte[] value) {

    private static final String STATEMENT = """
            mlpool bundle signature 1
            model: %s
            run: %s
            sha256 of SHA256SUMS: %s
            key: %s
            """;

    private static final Pattern FORM = Pattern.compile("""
            mlpool bundle signature 1
            model: (?<model>[^\\n]+)
            run: (?<run>[^\\n]+)
            sha256 of SHA256SUMS: (?<digest>[0-9a-f]{64})
            key: (?<key>[0-9a-f]{16})
            ed25519: (?<value>[A-Za-z0-9+/]+={0,2})
            """);

    static BundleSignature of(ModelBundle bundle, PrivateKey key, String keyId) {
        String model = bundle.header().model();
        String runId = bundle.header().provenance().runId();
        String statement = STATEMENT.formatted(model, runId, bundle.digest(), keyId);
        return new BundleSignature(model, runId, bundle.digest(), keyId, Ed25519.sign(key, bytes(statement)));
    }

    /** @throws IllegalArgumentException when it is no such text */
    static BundleSignature parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("it is not in the form of signatures");
        }
        return new BundleSignature(
                form.group("model"),
                form.group("run"),
                form.group("digest"),
                form.group("key"),
                Base64.getDecoder().decode(form.group("value")));
    }

    boolean isBy(PublicKey key) {
        return Ed25519.verify(key, bytes(statement()), value);
    }

    String text() {
        return statement() + "ed25519: " + Base64.getEncoder().encodeToString(value) + "\n";
    }

    private String statement() {
        return STATEMENT.formatted(model, runId, digest, keyId);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
