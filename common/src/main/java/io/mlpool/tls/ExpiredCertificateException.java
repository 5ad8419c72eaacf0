package io.mlpool.tls;

/** A service was to show a certificate that does not hold now. */
final class ExpiredCertificateException extends RuntimeException {

    private final String bundle;
    private final String file;

    /** @param trouble which certificate, and since when */
    ExpiredCertificateException(String bundle, String file, String trouble) {
        super("the certificate in %s (SSL bundle '%s') does not hold now: %s".formatted(file, bundle, trouble));
        this.bundle = bundle;
        this.file = file;
    }

    String bundle() {
        return bundle;
    }

    String file() {
        return file;
    }
}
