package io.mlpool.tls;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/** Private keys that are not those of the certificates beside them, told by a signature. Kinds of keys that are not known here pass. */
final class ForeignKeys {

    private static final byte[] ANYTHING = {1, 2, 3};

    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA", "Ed25519", "EdDSA");

    private ForeignKeys() {}

    /** Whom the first certificate of a bundle with a key of another is for. */
    static Optional<String> in(SslBundle bundle) {
        KeyStore keys = bundle.getStores().getKeyStore();
        if (keys == null) {
            return Optional.empty();
        }
        try {
            String alias = bundle.getKey().getAlias();
            for (String one : alias == null ? Collections.list(keys.aliases()) : List.of(alias)) {
                Certificate shown = keys.getCertificate(one);
                if (shown instanceof X509Certificate certificate && isForeign(key(bundle, keys, one), certificate)) {
                    return Optional.of(certificate.getSubjectX500Principal().getName());
                }
            }
            return Optional.empty();
        } catch (KeyStoreException e) {
            throw new IllegalStateException("Spring has loaded this key store", e);
        }
    }

    /** One that cannot be read here is left to the web server, which will say so. */
    private static @Nullable Key key(SslBundle bundle, KeyStore keys, String alias) {
        String password = Optional.ofNullable(bundle.getKey().getPassword())
                .or(() -> Optional.ofNullable(bundle.getStores().getKeyStorePassword()))
                .orElse("");
        try {
            return keys.getKey(alias, password.toCharArray());
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static boolean isForeign(@Nullable Key key, X509Certificate certificate) {
        String signature = key == null ? null : SIGNATURES.get(key.getAlgorithm());
        if (!(key instanceof PrivateKey own) || signature == null) {
            return false;
        }
        String other = SIGNATURES.get(certificate.getPublicKey().getAlgorithm());
        return !signature.equals(other) || !verifies(signature, own, certificate.getPublicKey());
    }

    private static boolean verifies(String algorithm, PrivateKey key, PublicKey certified) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(ANYTHING);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(ANYTHING);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
