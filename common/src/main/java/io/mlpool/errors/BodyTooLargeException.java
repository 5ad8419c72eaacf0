package io.mlpool.errors;

import java.io.IOException;

/** A body went on after the bytes that a request may send; an {@link IOException} because it is found while reading. */
final class BodyTooLargeException extends IOException {

    private final long limit;

    BodyTooLargeException(long limit) {
        super(message(limit));
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    static String message(long limit) {
        return "Request body too large, at most %d bytes are taken".formatted(limit);
    }
}
