package io.mlpool.tls;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells who started the service which file to replace. */
final class ExpiredCertificateFailureAnalyzer extends AbstractFailureAnalyzer<ExpiredCertificateException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ExpiredCertificateException cause) {
        return new FailureAnalysis(
                "The service did not start: %s.".formatted(cause.getMessage()),
                "Put a certificate that holds into %s, with its key, or let spring.ssl.bundle.*.%s name another file; then start again."
                                .formatted(cause.file(), cause.bundle())
                        + " If the certificate does hold, look at this machine's clock.",
                cause);
    }
}
