package io.mlpool.tls;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * A certificate that belongs to a key, or one of those that vouch for it.
 *
 * @param subject whom it is for
 * @param from when it begins to hold, inclusive
 * @param until when it ends, inclusive
 */
record ShownCertificate(String subject, Instant from, Instant until) {

    /** Those of a bundle; none when it only says whom to trust. */
    static List<ShownCertificate> of(SslBundle bundle) {
        KeyStore keys = bundle.getStores().getKeyStore();
        if (keys == null) {
            return List.of();
        }
        try {
            String alias = bundle.getKey().getAlias();
            List<ShownCertificate> shown = new ArrayList<>();
            for (String one : alias == null ? Collections.list(keys.aliases()) : List.of(alias)) {
                shown.addAll(chain(keys.getCertificateChain(one)));
            }
            return shown;
        } catch (KeyStoreException e) {
            throw new IllegalStateException("Spring has loaded this key store", e);
        }
    }

    boolean holdsAt(Instant time) {
        return !time.isBefore(from) && !time.isAfter(until);
    }

    boolean endsWithin(Duration soon, Instant now) {
        return until.isBefore(now.plus(soon));
    }

    /** What is wrong with it, for people: {@code CN=pool has expired at 2026-11-01T00:00:00Z}. */
    String trouble(Instant now) {
        return now.isBefore(from)
                ? "%s holds from %s only".formatted(subject, from)
                : "%s has expired at %s".formatted(subject, until);
    }

    /** Entries that are no keys have no chain. */
    private static List<ShownCertificate> chain(Certificate @Nullable [] chain) {
        List<ShownCertificate> shown = new ArrayList<>();
        for (Certificate one : chain == null ? new Certificate[0] : chain) {
            if (one instanceof X509Certificate certificate) {
                shown.add(new ShownCertificate(
                        certificate.getSubjectX500Principal().getName(),
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant()));
            }
        }
        return shown;
    }
}
