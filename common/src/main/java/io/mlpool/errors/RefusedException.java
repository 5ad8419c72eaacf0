package io.mlpool.errors;

/** A request that is understood but refused; answered with the status and {@code {"detail": message}}. */
public final class RefusedException extends RuntimeException {

    private final int status;

    /** Refuses with a 4xx or 503 status and a message that says what to do. */
    public RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    public static RefusedException notFound(String message) {
        return new RefusedException(404, message);
    }

    public static RefusedException conflict(String message) {
        return new RefusedException(409, message);
    }

    public int status() {
        return status;
    }
}
