package io.mlpool.standalone;

/** Something the user can mend; the message is all they see of it. */
final class MlpoolException extends RuntimeException {

    MlpoolException(String message) {
        super(message);
    }

    MlpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
