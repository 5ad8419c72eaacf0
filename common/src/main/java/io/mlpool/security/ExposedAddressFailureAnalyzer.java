package io.mlpool.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells who started the service what to do instead. */
final class ExposedAddressFailureAnalyzer extends AbstractFailureAnalyzer<ExposedAddressException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ExposedAddressException cause) {
        return new FailureAnalysis(
                "The service did not start: %s.".formatted(cause.getMessage()),
                "Set server.address=127.0.0.1 (environment: SERVER_ADDRESS=127.0.0.1). To be reached from other machines, ask"
                        + " callers for keys: mlpool.security.mode=api-key (environment: MLPOOL_SECURITY_MODE=api-key), and"
                        + " ./mlpool keys create makes the first one.",
                cause);
    }
}
