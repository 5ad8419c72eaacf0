package io.mlpool.ingest.coingecko;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CoinGecko did not answer as asked. The message says what was asked, what came back and what to do. */
public final class CoinGeckoException extends RuntimeException {

    private final String message;
    private final Trouble trouble;
    private final int status;
    private final int code;
    private final @Nullable Duration retryAfter;

    private CoinGeckoException(Trouble trouble, int status, int code, String message, @Nullable Duration retryAfter) {
        this.message = "CoinGecko: %s %s".formatted(message, trouble.advice());
        this.trouble = trouble;
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** It answered with an error. */
    static CoinGeckoException answered(String path, int status, ErrorBody error, @Nullable Duration retryAfter) {
        String message =
                "%s was answered with status %d, code %d: %s.".formatted(path, status, error.code(), error.message());
        return new CoinGeckoException(error.trouble(status), status, error.code(), message, retryAfter);
    }

    /** There is no answer, or none that can be used. */
    static CoinGeckoException without(Trouble trouble, String message) {
        return new CoinGeckoException(trouble, 0, 0, message, null);
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

    /** CoinGecko's or Cloudflare's own code, else the status; 0 when there was no answer. */
    public int code() {
        return code;
    }

    /** How long CoinGecko asked to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
