package io.mlpool.model;

/** A model bundle that must not be served; the message says which file or number is wrong. */
public class BrokenBundleException extends RuntimeException {

    public BrokenBundleException(String message) {
        super(message);
    }

    public BrokenBundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
