package io.mlpool.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.util.FileSystemUtils;

/**
 * A Python with the packages that a test needs, as anyone's program would have them. The environment is made once for each
 * version of the pins and kept in {@code MLPOOL_CACHE}; where that is not possible the test is skipped, see {@link Requirement}.
 *
 * @param folder of the virtual environment
 */
public record RealPython(Path folder) {

    /** What a program said: both of its outputs, in their order. */
    public record Answer(int exitCode, String output) {}

    /**
     * The environment of these pins.
     *
     * @param pins a resource of the test's class path in pip's format, {@code /python/clients.txt}; its name is that of the environment
     */
    public static RealPython with(String pins) {
        String text = resource(pins);
        String name = Path.of(pins).getFileName().toString().replace(".txt", "");
        String digest = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
        RealPython python = new RealPython(cache().resolve(name + "-" + digest));
        try {
            Files.createDirectories(python.folder().getParent());
            python.installOnce(text);
            return python;
        } catch (IOException e) {
            throw Requirement.PYTHON.unavailable(e);
        }
    }

    /** Runs a program of the environment, {@code python} or one that a package brought, until it ends. */
    public Answer run(String program, List<String> arguments) {
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("bin").resolve(program).toString()));
        command.addAll(arguments);
        try {
            return execute(command);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + command, e);
        }
    }

    /** Processes and threads of all tests wait for the first one that installs. */
    private synchronized void installOnce(String pins) throws IOException {
        synchronized (RealPython.class) {
            Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                if (!Files.exists(folder.resolve("whole"))) {
                    install(pins);
                }
            }
        }
    }

    private void install(String pins) throws IOException {
        System.out.println("Installing Python packages into " + folder);
        FileSystemUtils.deleteRecursively(folder);
        require(List.of("python3", "-m", "venv", folder.toString()));
        Path file = Files.writeString(folder.resolve("requirements.txt"), pins);
        require(List.of(
                folder.resolve("bin/python").toString(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
                "-r",
                file.toString()));
        Files.createFile(folder.resolve("whole"));
    }

    private static void require(List<String> command) throws IOException {
        Answer answer = execute(command);
        if (answer.exitCode() != 0) {
            throw new IOException("%s failed: %s".formatted(String.join(" ", command), answer.output()));
        }
    }

    private static Answer execute(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Answer(process.waitFor(), output);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while %s ran".formatted(command.getFirst()), e);
        }
    }

    private static Path cache() {
        return Optional.ofNullable(System.getenv("MLPOOL_CACHE"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache", "mlpool"))
                .toAbsolutePath()
                .resolve("tests");
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(RealPython.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
