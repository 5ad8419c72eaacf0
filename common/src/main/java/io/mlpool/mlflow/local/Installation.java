package io.mlpool.mlflow.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/**
 * Makes the environment of some requirements in the cache. A virtual environment holds its own absolute path, so it cannot be
 * built elsewhere and renamed: a marker that is written last says that it is whole.
 */
final class Installation {

    private static final Duration LIMIT = Duration.ofMinutes(20);

    /** File locks are held by a JVM, not by a thread: within it this lock stands before them. */
    private static final ReentrantLock INSTALLING = new ReentrantLock();

    private final Path parent;
    private final String path;
    private final Requirements requirements;
    private final Consumer<String> progress;
    private final PythonEnvironment environment;

    Installation(Path cache, String path, Requirements requirements, Consumer<String> progress) {
        this.parent = cache.resolve("python");
        this.path = path;
        this.requirements = requirements;
        this.progress = progress;
        this.environment = new PythonEnvironment(parent.resolve(requirements.environmentName()));
    }

    PythonEnvironment prepare() {
        INSTALLING.lock();
        try {
            Files.createDirectories(parent);
            try (FileChannel channel =
                            FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = lock(channel)) {
                if (!isWhole()) {
                    install(Python.find(path));
                }
            }
            return environment;
        } catch (IOException e) {
            throw new InstallationFailedException(environment.folder(), e);
        } finally {
            INSTALLING.unlock();
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            progress.accept("Waiting for another process that installs MLflow %s into %s"
                    .formatted(requirements.mlflowVersion(), environment.folder()));
            lock = channel.lock();
        }
        return lock;
    }

    private void install(Python python) throws IOException {
        progress.accept("Installing MLflow %s into %s (the first time, about a minute)"
                .formatted(requirements.mlflowVersion(), environment.folder()));
        FileSystemUtils.deleteRecursively(environment.folder());
        Files.deleteIfExists(beside(".log"));
        run(
                python.executable(),
                "python -m venv",
                "-m",
                "venv",
                environment.folder().toString());
        Path pins = Files.writeString(environment.folder().resolve("requirements.txt"), requirements.text());
        run(
                environment.python(),
                "pip install",
                List.of(
                                "-m",
                                "pip",
                                "install",
                                "--no-input",
                                "--disable-pip-version-check",
                                "--only-binary=:all:",
                                "-r",
                                pins.toString())
                        .toArray(String[]::new));
        Files.writeString(marker(), python.version());
    }

    private void run(Path python, String what, String... arguments) throws IOException {
        List<String> command = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(python.toString()), java.util.stream.Stream.of(arguments))
                .toList();
        int code = GuardedProcess.start(python, command, parent, beside(".log"), Map.of("PIP_USER", "0"))
                .await(LIMIT);
        if (code != 0) {
            throw new InstallationFailedException(what, environment.folder(), beside(".log"));
        }
    }

    /** An upgrade of the machine's Python breaks the environments that were made with it; then the versions differ. */
    private boolean isWhole() throws IOException {
        if (!Files.exists(marker())) {
            return false;
        }
        Optional<Python> python = Python.ask(environment.python());
        return python.isPresent() && python.get().version().equals(Files.readString(marker()));
    }

    private Path marker() {
        return environment.folder().resolve("whole");
    }

    private Path beside(String suffix) {
        return parent.resolve(requirements.environmentName() + suffix);
    }
}
