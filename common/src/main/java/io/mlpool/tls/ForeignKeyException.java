package io.mlpool.tls;

/** A service was to show a certificate with a private key that is not its own: nobody could connect. */
final class ForeignKeyException extends RuntimeException {

    private final String bundle;

    /** @param subject whom the certificate is for */
    ForeignKeyException(String bundle, String file, String subject) {
        super("the private key of SSL bundle '%s' is not that of its certificate, %s in %s"
                .formatted(bundle, subject, file));
        this.bundle = bundle;
    }

    String bundle() {
        return bundle;
    }
}
