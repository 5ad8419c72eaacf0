package io.mlpool.testing;

import static io.mlpool.testing.DebianPackages.executable;
import static io.mlpool.testing.DebianPackages.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machine's Prometheus, with what a test has it scrape. Without it the test is skipped, see {@link Requirement}. */
public final class RealPrometheus implements AutoCloseable {

    private final Process process;
    private final URI uri;

    private RealPrometheus(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** A fresh one on a free port of loopback; {@code folder} takes its data and its log. */
    public static RealPrometheus start(Path folder, String configuration) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + freePort());
            Process process = new ProcessBuilder(
                            program("prometheus").toString(),
                            "--config.file=" + Files.writeString(folder.resolve("prometheus.yaml"), configuration),
                            "--storage.tsdb.path=" + folder.resolve("data"),
                            "--web.listen-address=" + uri.getAuthority())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("prometheus.log").toFile())
                    .start();
            RealPrometheus prometheus = new RealPrometheus(process, uri);
            Eventually.eventually(() -> assertThat(prometheus.isReady())
                    .as(() -> read(folder.resolve("prometheus.log")))
                    .isTrue());
            return prometheus;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs promtool; what it says is the test's failure when it is not content. */
    public static void promtool(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(program("promtool").toString()));
        command.addAll(arguments);
        try {
            Process promtool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(promtool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            assertThat(promtool.waitFor()).as("%s said: %s", command, said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while promtool ran", e);
        }
    }

    public URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private boolean isReady() throws IOException {
        HttpURLConnection asked =
                (HttpURLConnection) uri.resolve("/-/ready").toURL().openConnection();
        return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
    }

    private static Path program(String name) {
        return executable(path(), name)
                .or(() -> install(name))
                .orElseThrow(() -> Requirement.PROMETHEUS.unavailable(
                        new IOException("no %s on the PATH; on Debian: apt install prometheus".formatted(name))));
    }

    private static Optional<Path> install(String name) {
        return DebianPackages.install("prometheus") ? executable(path(), name) : Optional.empty();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
