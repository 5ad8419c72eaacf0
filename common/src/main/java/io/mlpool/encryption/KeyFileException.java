package io.mlpool.encryption;

/** A key file of which no use can be made; the message says why and what to do, and nothing of the keys. */
public final class KeyFileException extends RuntimeException {

    KeyFileException(String message) {
        super(message);
    }

    KeyFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
