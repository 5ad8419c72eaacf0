package io.mlpool.encryption;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A service that does not start for its key file says so without a stack trace. */
final class KeyFileFailureAnalyzer extends AbstractFailureAnalyzer<KeyFileException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, KeyFileException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Mend the file that %s (environment: MLPOOL_ENCRYPTION_KEYS) names. Without this setting nothing new is encrypted, and what is encrypted cannot be read."
                        .formatted(Encryption.SETTING),
                cause);
    }
}
