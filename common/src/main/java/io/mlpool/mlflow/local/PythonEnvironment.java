package io.mlpool.mlflow.local;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A virtual environment with the pinned MLflow and what its ONNX flavor needs. It is made once for each version of the pins and
 * shared by all pools and tests of a user.
 *
 * @param folder where it is; never to be moved, its scripts hold this path
 */
public record PythonEnvironment(Path folder) {

    /**
     * The environment, which is installed now if it is not there. Safe for several processes at once; a killed installation is
     * made again by the next.
     *
     * @param progress told in words what takes time
     * @throws PythonMissingException when the PATH has no Python that fits
     * @throws InstallationFailedException when pip cannot get or write the packages
     */
    public static PythonEnvironment prepare(Consumer<String> progress) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return new Installation(cache(), path, Requirements.PINNED, progress).prepare();
    }

    /** The interpreter with MLflow in it. */
    public Path python() {
        return folder.resolve("bin").resolve("python");
    }

    /** The pinned version: {@code 3.17.2}. */
    public static String mlflowVersion() {
        return Requirements.PINNED.mlflowVersion();
    }

    private static Path cache() {
        String cache = System.getenv("MLPOOL_CACHE");
        return cache == null || cache.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "mlpool")
                : Path.of(cache).toAbsolutePath().normalize();
    }
}
