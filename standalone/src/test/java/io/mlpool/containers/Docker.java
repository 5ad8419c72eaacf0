package io.mlpool.containers;

import static io.mlpool.testing.Requirement.DOCKER;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The programs {@code docker} and Compose, as a user calls them. */
final class Docker {

    private static final Path PROJECT = project();

    private final Map<String, String> environment;

    Docker(Map<String, String> environment) {
        this.environment = environment;
    }

    /** An engine that has these images, or the test is skipped. */
    static Docker with(Map<String, String> environment, List<String> images) {
        Docker docker = new Docker(environment);
        try {
            images.forEach(image -> docker.run("docker", "image", "inspect", image));
            return docker;
        } catch (IllegalStateException | UncheckedIOException e) {
            throw DOCKER.unavailable(new IllegalStateException("./mlpool images makes them: " + e.getMessage(), e));
        }
    }

    /** What {@code docker ...} prints. */
    String docker(String... arguments) {
        return run(Stream.concat(Stream.of("docker"), Stream.of(arguments)).toArray(String[]::new));
    }

    /** {@code docker compose ...} of the files in {@code COMPOSE_FILE}; also where Compose is a program of its own still. */
    String compose(String... arguments) {
        List<String> command = new ArrayList<>(isPlugin() ? List.of("docker", "compose") : List.of("docker-compose"));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** A script of the project, by its path from there. */
    String script(String path, String... arguments) {
        return run(Stream.concat(Stream.of(PROJECT.resolve(path).toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private boolean isPlugin() {
        try {
            run("docker", "compose", "version");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private String run(String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("%s: %s".formatted(String.join(" ", command), said));
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The folder that everything lies in. */
    static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.exists(folder.resolve("docker")) ? folder : folder.resolveSibling("");
    }
}
