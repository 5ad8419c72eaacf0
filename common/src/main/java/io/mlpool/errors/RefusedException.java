package io.mlpool.errors;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that is understood but refused; answered with the status and {@code {"detail": message}}. */
public final class RefusedException extends RuntimeException {

    private final int status;
    private final transient @Nullable Duration retryAfter;

    /** Refuses with a 4xx or 503 status and a message that says what to do. */
    public RefusedException(int status, String message) {
        this(status, message, null);
    }

    private RefusedException(int status, String message, @Nullable Duration retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public static RefusedException notFound(String message) {
        return new RefusedException(404, message);
    }

    public static RefusedException conflict(String message) {
        return new RefusedException(409, message);
    }

    /** Refuses for now; the caller may ask again after {@code retryAfter}, which is sent along in whole seconds. */
    public static RefusedException unavailable(String message, Duration retryAfter) {
        return new RefusedException(503, message, retryAfter);
    }

    /** Refuses because too much was asked for; {@code retryAfter} as above. */
    public static RefusedException tooMany(String message, Duration retryAfter) {
        return new RefusedException(429, message, retryAfter);
    }

    public int status() {
        return status;
    }

    /** When it makes sense to ask again, where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
