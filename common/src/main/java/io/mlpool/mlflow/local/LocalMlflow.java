package io.mlpool.mlflow.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * An MLflow server as a child process on the loopback interface: experiments and registry in SQLite, artifacts through its proxy,
 * all in one folder that another start goes on with. It ends with {@link #close} or with this JVM, whatever ends that.
 */
public final class LocalMlflow implements AutoCloseable {

    private final MlflowSetup setup;
    private final GuardedProcess server;

    private LocalMlflow(MlflowSetup setup, GuardedProcess server) {
        this.setup = setup;
        this.server = server;
    }

    /**
     * Starts the server and returns when it answers.
     *
     * @throws PortTakenException when something listens on the port
     * @throws ServerNotStartedException when it ends or stays silent; the message quotes its log
     */
    public static LocalMlflow start(PythonEnvironment python, MlflowSetup setup) {
        requireFree(setup.port());
        try {
            Files.createDirectories(setup.folder());
            GuardedProcess server = GuardedProcess.start(
                    python.python(), command(python, setup), setup.folder(), setup.log(), environment(setup));
            LocalMlflow mlflow = new LocalMlflow(setup, server);
            mlflow.awaitHealth();
            return mlflow;
        } catch (IOException e) {
            throw new ServerNotStartedException(setup.folder(), e);
        }
    }

    /** Which MLflow that is: the one whose protocols are tested here. */
    public static String version() {
        return Requirements.PINNED.mlflowVersion();
    }

    /** Where it listens: {@code http://localhost:5000}. */
    public URI uri() {
        return URI.create("http://localhost:" + setup.port());
    }

    /** What it and pip's kin print; it grows with every start. */
    public Path log() {
        return setup.log();
    }

    public boolean isAlive() {
        return server.isAlive();
    }

    /** Ends the server with all its processes; what it holds stays in the folder. */
    @Override
    public void close() {
        server.stop();
    }

    /** Ends it as {@code kill -9} does, for those who want to see what survives. */
    public void kill() {
        server.kill();
    }

    private static List<String> command(PythonEnvironment python, MlflowSetup setup) {
        List<String> command = new ArrayList<>(List.of(
                python.python().toString(),
                "-m",
                "mlflow",
                "server",
                "--host=127.0.0.1",
                "--port=" + setup.port(),
                "--workers=1",
                "--backend-store-uri=sqlite:///" + setup.folder().resolve("mlflow.db"),
                "--artifacts-destination=" + setup.folder().resolve("artifacts")));
        if (setup.administrator().isPresent()) {
            command.add("--app-name=basic-auth");
        }
        if (!setup.allowedHosts().isEmpty()) {
            command.add("--allowed-hosts=" + String.join(",", setup.allowedHosts()));
        }
        return command;
    }

    /** The eight processes for jobs of generative AI, which no forecast needs, would take 900 MB. */
    private static Map<String, String> environment(MlflowSetup setup) {
        Map<String, String> environment = new HashMap<>(
                Map.of("MLFLOW_SERVER_ENABLE_JOB_EXECUTION", "false", "MLFLOW_DISABLE_TELEMETRY", "true"));
        setup.administrator().ifPresent(account -> {
            environment.put("MLFLOW_AUTH_ADMIN_USERNAME", account.user());
            environment.put("MLFLOW_AUTH_ADMIN_PASSWORD", account.password());
            environment.put("MLFLOW_FLASK_SERVER_SECRET_KEY", UUID.randomUUID().toString());
        });
        return environment;
    }

    private void awaitHealth() {
        long deadline = System.nanoTime() + setup.patience().toNanos();
        // HTTP/1.1: the server logs a warning at every offer of another protocol.
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build()) {
            while (!answers(http)) {
                if (!server.isAlive()) {
                    throw ServerNotStartedException.ended(server.exitCode(), log());
                }
                if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                    close();
                    throw ServerNotStartedException.silent(setup.patience(), log());
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private boolean answers(HttpClient http) {
        try {
            HttpRequest health = HttpRequest.newBuilder(uri().resolve("/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(health, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void requireFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new PortTakenException(port, e);
        }
    }
}
