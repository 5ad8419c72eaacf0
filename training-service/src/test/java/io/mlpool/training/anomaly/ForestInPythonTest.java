package io.mlpool.training.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.registry.FolderRegistry;
import io.mlpool.testing.RealMlflow;
import io.mlpool.testing.TestDatabase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ForestInPythonTest {

    @TempDir
    Path folder;

    @Test
    void mlflowAndOnnxRuntimeOfPythonScoreAsWeDo() throws Exception {
        Path python = RealMlflow.python();
        TestDatabase database = TrainedAnomalies.market();
        FolderRegistry registry = new FolderRegistry(folder.resolve("registry"));
        TrainedAnomalies.training(database, registry, folder, TrainedAnomalies.SETTINGS)
                .execute(TrainedAnomalies.spec("run"), new TrainedAnomalies.Heard());

        JsonNode answers = ask(python, folder.resolve("registry/anomaly-1h/versions/1/bundle"));

        float[] golden = floats(answers.get("golden"));
        assertThat(golden).hasSize(8);
        assertThat(floats(answers.get("onnx"))).containsExactly(golden, within(1e-5f));
        assertThat(floats(answers.get("pyfunc"))).containsExactly(golden, within(1e-5f));
    }

    private JsonNode ask(Path python, Path bundle) throws IOException, URISyntaxException, InterruptedException {
        Path script = Path.of(Objects.requireNonNull(ForestInPythonTest.class.getResource("score_model.py"))
                .toURI());
        Path log = folder.resolve("score_model.log");
        Process process = new ProcessBuilder(python.toString(), script.toString(), bundle.toString())
                .redirectError(log.toFile())
                .start();
        List<String> said = process.inputReader().lines().toList();
        int exitCode = process.waitFor();
        assertThat(exitCode).as(Files.readString(log)).isZero();
        return JsonMapper.shared().readTree(said.getLast());
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) list.get(i).doubleValue();
        }
        return values;
    }
}
