package io.mlpool.tls;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells who started the service that certificate and key were mixed up. */
final class ForeignKeyFailureAnalyzer extends AbstractFailureAnalyzer<ForeignKeyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ForeignKeyException cause) {
        return new FailureAnalysis(
                "The service did not start: %s.".formatted(cause.getMessage()),
                "Let spring.ssl.bundle.*.%s.keystore name a certificate and the key that it was made for; the service's own certificate comes first in its file."
                        .formatted(cause.bundle()),
                cause);
    }
}
