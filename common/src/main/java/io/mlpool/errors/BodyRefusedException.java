package io.mlpool.errors;

import java.io.IOException;
import org.springframework.http.HttpStatus;

/** A body is not read to its end; an {@link IOException} because that is found out while reading. */
final class BodyRefusedException extends IOException {

    private final HttpStatus status;
    private final String message;

    private BodyRefusedException(HttpStatus status, String message) {
        super(message);
        this.status = status;
        this.message = message;
    }

    /** It went on after the bytes that a request may send. */
    static BodyRefusedException tooLarge(long limit) {
        return new BodyRefusedException(HttpStatus.CONTENT_TOO_LARGE, tooLargeMessage(limit));
    }

    /** It did not come, or not to its end, in the time that a request has. */
    static BodyRefusedException tooSlow() {
        return new BodyRefusedException(HttpStatus.REQUEST_TIMEOUT, "The request body did not arrive in time");
    }

    int status() {
        return status.value();
    }

    /** For the caller. */
    String message() {
        return message;
    }

    static String tooLargeMessage(long limit) {
        return "Request body too large, at most %d bytes are taken".formatted(limit);
    }
}
