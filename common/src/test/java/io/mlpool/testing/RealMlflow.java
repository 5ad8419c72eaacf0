package io.mlpool.testing;

import io.mlpool.mlflow.local.InstallationFailedException;
import io.mlpool.mlflow.local.LocalMlflow;
import io.mlpool.mlflow.local.MlflowSetup;
import io.mlpool.mlflow.local.PythonEnvironment;
import io.mlpool.mlflow.local.PythonMissingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A real MLflow server for tests. {@link #shared} is one for all tests of this JVM, so use names of your own in it; {@link #own}
 * is one that a test may stop, kill and start again. Without Python or packages the test is skipped, see {@link Requirement}.
 */
public final class RealMlflow implements AutoCloseable {

    private final MlflowSetup setup;
    private Optional<LocalMlflow> running = Optional.empty();

    private RealMlflow(MlflowSetup setup) {
        this.setup = setup;
    }

    /** The one of this JVM, started by the first who asks; it ends with the JVM. */
    public static RealMlflow shared() {
        python();
        return Shared.INSTANCE;
    }

    /** A server of one's own on a free port, running; it keeps folder and port when it is started again. */
    public static RealMlflow own(Path folder) {
        return own(folder, setup -> setup);
    }

    /** The same with a password or hosts: {@code own(folder, setup -> setup.withAdministrator(...))}. */
    public static RealMlflow own(Path folder, UnaryOperator<MlflowSetup> how) {
        RealMlflow mlflow = new RealMlflow(how.apply(MlflowSetup.in(folder, freePort())));
        mlflow.start();
        return mlflow;
    }

    /** A Python with the pinned mlflow, onnx and onnxruntime, for scripts. */
    public static Path python() {
        return environment().python();
    }

    /** The environment itself, for tests that start servers in their own way. */
    public static PythonEnvironment environment() {
        try {
            return PythonEnvironment.prepare(System.out::println);
        } catch (PythonMissingException | InstallationFailedException e) {
            throw Requirement.MLFLOW.unavailable(e);
        }
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens, also while it is stopped. */
    public URI uri() {
        return URI.create("http://localhost:" + setup.port());
    }

    /** Starts it on its folder and port; nothing happens when it runs. */
    public void start() {
        if (running.isEmpty()) {
            running = Optional.of(LocalMlflow.start(environment(), setup));
        }
    }

    /** Ends it in order. */
    public void stop() {
        running.ifPresent(LocalMlflow::close);
        running = Optional.empty();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        running.ifPresent(LocalMlflow::kill);
        running = Optional.empty();
    }

    @Override
    public void close() {
        stop();
    }

    private static final class Shared {

        static final RealMlflow INSTANCE = start();

        private static RealMlflow start() {
            try {
                Path folder = Files.createTempDirectory("mlpool-mlflow");
                RealMlflow mlflow = own(folder);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    mlflow.stop();
                    deleted(folder);
                }));
                return mlflow;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void deleted(Path folder) {
            try {
                org.springframework.util.FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
