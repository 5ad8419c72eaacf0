package io.mlpool.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.testing.RealMlflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** A script of the test resources, run by a Python that has MLflow, as anyone's program. */
record PythonScript(String name) {

    /** What it answers on its standard output; the last line, since libraries chat before. */
    JsonNode ask(URI mlflow, Path log, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(RealMlflow.python().toString(), file()));
            command.addAll(List.of(arguments));
            ProcessBuilder script = new ProcessBuilder(command).redirectError(log.toFile());
            script.environment().put("MLFLOW_TRACKING_URI", mlflow.toString());
            Process process = script.start();
            List<String> said = process.inputReader().lines().toList();
            assertThat(process.waitFor()).as(() -> name + ": " + read(log)).isZero();
            return PoolClient.JSON.readTree(said.getLast());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot run " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ran", e);
        }
    }

    private String file() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(PythonScript.class.getResource(name), name)
                        .toURI())
                .toString();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
