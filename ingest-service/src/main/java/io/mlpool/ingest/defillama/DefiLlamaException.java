package io.mlpool.ingest.defillama;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DefiLlama did not answer as asked. The message says what was asked, what came back and what to do. */
public final class DefiLlamaException extends RuntimeException {

    private final String message;
    private final Trouble trouble;
    private final int status;
    private final @Nullable Duration retryAfter;

    DefiLlamaException(Trouble trouble, int status, String message, @Nullable Duration retryAfter) {
        this.message = "DefiLlama: %s %s".formatted(message, trouble.advice());
        this.trouble = trouble;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public Trouble trouble() {
        return trouble;
    }

    /** HTTP status; 0 when there was none. */
    public int status() {
        return status;
    }

    /** How long DefiLlama asked to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
