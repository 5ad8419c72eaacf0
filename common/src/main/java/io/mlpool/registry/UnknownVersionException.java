package io.mlpool.registry;

/** A version that no registry holds. */
public final class UnknownVersionException extends RuntimeException {

    public UnknownVersionException(String model, int version) {
        super("model %s has no version %d".formatted(model, version));
    }
}
