package io.mlpool.signing;

import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ModelBundle;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Optional;

/**
 * Signs bundles where there is a key, and lets only those pass that a trusted key has signed where any are trusted. Both are read anew each
 * time: keys are rotated without a restart.
 */
public final class BundleSigning {

    private final Optional<Path> key;
    private final Optional<TrustedKeys> trusted;

    private BundleSigning(Optional<Path> key, Optional<TrustedKeys> trusted) {
        this.key = key;
        this.trusted = trusted;
    }

    /** Nothing is signed and everything passes. */
    public static BundleSigning none() {
        return new BundleSigning(Optional.empty(), Optional.empty());
    }

    /** Nothing is signed, and what passes has to be. */
    public static BundleSigning verifying(TrustedKeys trusted) {
        return new BundleSigning(Optional.empty(), Optional.of(trusted));
    }

    /** What is signed passes here too: the key's public part has to be among the trusted ones. */
    public static BundleSigning by(Path key, TrustedKeys trusted) {
        return new BundleSigning(Optional.of(key), Optional.of(trusted));
    }

    /** Id of the key that a bundle says to be signed by; nothing is verified. */
    public static Optional<String> signer(ModelBundle bundle) {
        return bundle.signature().map(text -> BundleSignature.parse(text).keyId());
    }

    /** For people. */
    public String inWords() {
        return trusted.map(keys -> "verified by the trusted keys %s in %s".formatted(keys.ids(), keys.folder()))
                .orElse("not verified by signature, mlpool.signing.trusted is not set");
    }

    /** Whether bundles without a signature are refused. */
    public boolean asksForSignatures() {
        return trusted.isPresent();
    }

    /**
     * What is to stand in the bundle's {@link ModelBundle#SIGNATURE}; empty without a key. The same bundle and key give the same text.
     *
     * @throws IllegalArgumentException when the key cannot be used
     */
    public Optional<String> signature(ModelBundle bundle) {
        return key.map(file -> {
            PrivateKey signs = PemFile.readPrivate(file); // once: it may be rotated at any moment
            return BundleSignature.of(bundle, signs, idOf(signs, file)).text();
        });
    }

    /**
     * Id of the key that signs, after a look at whether it can.
     *
     * @throws IllegalArgumentException when there is none, or its public part is not trusted
     */
    public String keyId() {
        Path file = key.orElseThrow(() -> new IllegalArgumentException("there is no key to sign with"));
        return idOf(PemFile.readPrivate(file), file);
    }

    private String idOf(PrivateKey signs, Path file) {
        return trusted.orElseThrow()
                .counterpart(signs)
                .orElseThrow(() -> new IllegalArgumentException(
                        ("the public part of %s is not among the trusted keys in %s, what it signs would be refused here;"
                                        + " openssl pkey -in %s -pubout -out %s/NAME.pem puts it there")
                                .formatted(file, folder(), file, folder())));
    }

    /**
     * The bundle, if it may be used as this version.
     *
     * @param what the version, for messages: {@code version 3 of price-1h}
     * @param model name that the version is registered under
     * @param runId of the training run that the version was registered for
     * @throws BrokenBundleException when it is not signed, not by a trusted key, or the signature is not one of this bundle; also when
     *     the trusted keys cannot be read
     */
    public ModelBundle require(ModelBundle bundle, String what, String model, String runId) {
        if (trusted.isPresent()) {
            BundleSignature signature = read(bundle, what);
            requireTrusted(signature, what);
            requireItsOwn(signature, bundle, what);
            requireItsPlace(signature, what, model, runId);
        }
        return bundle;
    }

    private BundleSignature read(ModelBundle bundle, String what) {
        try {
            return BundleSignature.parse(bundle.signature()
                    .orElseThrow(() -> new UnsignedBundleException(
                            ("%s is not signed, and only what a key in %s has signed may be used: ./mlpool signing sign signs versions of"
                                            + " before, once you know that they are yours")
                                    .formatted(what, folder()))));
        } catch (IllegalArgumentException e) {
            throw new BrokenBundleException("the SIGNATURE of %s was damaged: %s".formatted(what, e.getMessage()), e);
        }
    }

    private void requireTrusted(BundleSignature signature, String what) {
        PublicKey signer = find(signature.keyId(), what)
                .orElseThrow(() -> new BrokenBundleException(
                        "%s is signed by the key %s, which is not trusted, or not any more: its public part is not in %s"
                                .formatted(what, signature.keyId(), folder())));
        if (!signature.isBy(signer)) {
            throw new BrokenBundleException(
                    "the SIGNATURE of %s was forged or changed: the key %s has not signed what it says"
                            .formatted(what, signature.keyId()));
        }
    }

    private Optional<PublicKey> find(String keyId, String what) {
        try {
            return trusted.orElseThrow().find(keyId);
        } catch (UncheckedIOException e) {
            throw new BrokenBundleException(
                    "the signature of %s cannot be verified: %s".formatted(what, e.getMessage()), e);
        }
    }

    private static void requireItsOwn(BundleSignature signature, ModelBundle bundle, String what) {
        if (!signature.digest().equals(bundle.digest())) {
            throw new BrokenBundleException(
                    ("the signature of %s is an old one that was replayed: it was made for other files, those of run %s of %s, or SHA256SUMS was changed"
                                    + " after it was signed")
                            .formatted(what, signature.runId(), signature.model()));
        }
    }

    private static void requireItsPlace(BundleSignature signature, String what, String model, String runId) {
        if (!signature.runId().equals(runId) || !signature.model().equals(model)) {
            throw new BrokenBundleException(
                    "%s was registered for run %s, but in its place is the signed bundle of run %s of %s"
                            .formatted(what, runId, signature.runId(), signature.model()));
        }
    }

    private Path folder() {
        return trusted.orElseThrow().folder();
    }
}
