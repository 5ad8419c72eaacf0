package io.mlpool.standalone;

import io.mlpool.mlflow.local.PythonEnvironment;
import io.mlpool.testing.Eventually;
import io.mlpool.testing.RealMlflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@code mlflow models serve}: MLflow's own server of one model, in the environment that is there. */
final class ScoringServer implements AutoCloseable {

    private final PoolClient client = new PoolClient();
    private final int port;
    private final Process process;

    private ScoringServer(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Starts it and returns when it answers. */
    static ScoringServer start(URI mlflow, String model, Path log) {
        int port = RealMlflow.freePort();
        PythonEnvironment python = RealMlflow.environment();
        ProcessBuilder builder = new ProcessBuilder(
                        python.python().toString(),
                        "-m",
                        "mlflow",
                        "models",
                        "serve",
                        "--model-uri=" + model,
                        "--env-manager=local",
                        "--host=127.0.0.1",
                        "--port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MLFLOW_TRACKING_URI", mlflow.toString());
        builder.environment().merge("PATH", python.folder().resolve("bin").toString(), (path, own) -> own + ":" + path);
        try {
            ScoringServer server = new ScoringServer(port, builder.start());
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode invoke(Object body) {
        return client.post(url() + "/invocations", body);
    }

    /** All that it consists of. */
    List<ProcessHandle> processes() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    /** Ends them all, the last that was started first. */
    @Override
    public void close() {
        for (ProcessHandle one : processes()) {
            one.destroy();
            one.onExit()
                    .completeOnTimeout(one, 10, TimeUnit.SECONDS)
                    .thenAccept(ProcessHandle::destroyForcibly)
                    .join();
        }
    }

    private void awaitAnswer() {
        try {
            Eventually.eventually(() -> client.text(url() + "/ping"));
        } catch (AssertionError silent) {
            close();
            throw silent;
        }
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }
}
