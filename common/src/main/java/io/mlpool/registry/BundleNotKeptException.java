package io.mlpool.registry;

import java.nio.file.Path;

/** A bundle that could not be kept on this machine, which is no fault of the bundle nor of the registry. */
public final class BundleNotKeptException extends RuntimeException {

    BundleNotKeptException(ModelVersion version, Path folder, Exception cause) {
        super(
                "version %d of %s cannot be kept in %s: %s; make room there, it is below MODEL_STORAGE_PATH and what it holds of other versions may be deleted"
                        .formatted(version.version(), version.model(), folder, reason(cause)),
                cause);
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }
}
