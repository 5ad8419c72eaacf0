package io.mlpool.serving;

import static io.mlpool.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The service in a process of its own, which closing kills: no farewell, as when a machine dies. */
final class ServingProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;

    private ServingProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it and waits until it is ready; {@code properties} are written {@code name=value}. */
    static ServingProcess start(TestDatabase database, Path folder, String... properties) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ServingService.class.getName(),
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=postgres",
                "--mlpool.model.storage=" + folder));
        Stream.of(properties).map(property -> "--" + property).forEach(command::add);
        Path log = folder.resolve("process.log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ServingProcess service = new ServingProcess(process, log);
            service.awaitHealth();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that does not get ready does not live on after the test that wanted it. */
    private void awaitHealth() {
        try {
            within(START, () -> assertThat(send(request("/health")).statusCode())
                    .isEqualTo(200));
        } catch (AssertionError | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Gives the id of the job. */
    String startJob(String request) {
        HttpResponse<String> accepted = send(request("/batch-jobs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request)));
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return JsonMapper.shared().readTree(accepted.body()).get("id").asString();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s%s".formatted(port(), path)));
    }

    private String port() {
        Matcher started = PORT.matcher(log());
        assertThat(started.find()).as("started, see %s", log).isTrue();
        return started.group(1);
    }

    /** What it wrote so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        client.close();
    }
}
