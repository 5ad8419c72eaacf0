package io.mlpool.mlflow.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A command that ends, with all that it started, when it is told to or when this JVM dies of whatever. */
final class GuardedProcess {

    /** Longer than the guard waits before it kills. */
    private static final Duration STOPPING = Duration.ofSeconds(15);

    private static final String GUARD = text("guard.py");

    private final Process guard;

    private GuardedProcess(Process guard) {
        this.guard = guard;
    }

    /** Starts the command in a folder; what it prints is added to the log. The guard runs in this Python. */
    static GuardedProcess start(
            Path python, List<String> command, Path folder, Path log, Map<String, String> environment)
            throws IOException {
        List<String> guarded = new ArrayList<>(List.of(python.toString(), "-c", GUARD));
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        Python.forgetForeign(builder.environment());
        builder.environment().putAll(environment);
        builder.environment().put("PYTHONUNBUFFERED", "1");
        return new GuardedProcess(builder.start());
    }

    /** Waits for the end of the command; one that takes longer than the limit is stopped and counts as failed. */
    int await(Duration limit) {
        try {
            if (guard.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return guard.exitValue();
            }
            stop();
            return -1;
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Stops everything and returns when it is gone. */
    void stop() {
        boolean interrupted = Thread.interrupted();
        try {
            guard.getOutputStream().close();
            if (!guard.waitFor(STOPPING.toNanos(), TimeUnit.NANOSECONDS)) {
                kill();
            }
        } catch (IOException | InterruptedException e) {
            kill();
            interrupted |= e instanceof InterruptedException;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends everything at once and without a chance to tidy up, as {@code kill -9} does. */
    void kill() {
        List<ProcessHandle> all = guard.descendants().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        guard.destroyForcibly();
        all.forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        guard.onExit().join();
    }

    boolean isAlive() {
        return guard.isAlive();
    }

    int exitCode() {
        return guard.exitValue();
    }

    static String text(String resource) {
        try (InputStream in = Objects.requireNonNull(GuardedProcess.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
