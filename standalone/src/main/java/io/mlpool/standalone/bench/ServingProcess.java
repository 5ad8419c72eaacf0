package io.mlpool.standalone.bench;

import io.mlpool.serving.ServingService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Serving in a process of its own with the heap that {@code ./mlpool serve} gives it, on the database and models of a pool. */
final class ServingProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final String url;

    private ServingProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it and returns when it has a model.
     *
     * @param how what its command is begun with
     */
    static ServingProcess start(PoolUnderTest pool, List<String> how) {
        int port = freePort();
        List<String> command = new ArrayList<>(how);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xms32m",
                "-Xmx192m",
                "-XX:TrimNativeHeapInterval=30000",
                "-Dspring.config.name=serving-service",
                "-cp",
                System.getProperty("java.class.path"),
                ServingService.class.getName(),
                "--server.port=" + port,
                "--spring.datasource.url=" + pool.database(),
                "--spring.datasource.username=postgres",
                "--mlpool.model.storage=" + pool.registry().resolveSibling("")));
        Path log = pool.scratch().resolve("serving-" + port + ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ServingProcess serving = new ServingProcess(process, "http://127.0.0.1:" + port);
            HttpRequest health =
                    HttpRequest.newBuilder(URI.create(serving.url + "/health")).build();
            new Calls().await(health, PATIENCE, answer -> true);
            return serving;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a serving process", e);
        }
    }

    String url() {
        return url;
    }

    /** Resident memory in MB; what Linux says of the process. */
    long residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/%d/status".formatted(process.pid()))).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException("the serving process is gone", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
