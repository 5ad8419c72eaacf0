package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.lstm.Networks.firstDifference;
import static io.mlpool.training.network.lstm.Networks.forecaster;
import static io.mlpool.training.network.lstm.Networks.gradient;
import static io.mlpool.training.network.lstm.Networks.stockLastStep;
import static io.mlpool.training.network.lstm.Networks.windows;
import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.training.network.vector.VectorSupport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A JVM that was started without the incubating module trains all the same, as DL4J does. */
class MissingVectorModuleTest {

    @Test
    void theLayerLoadsAndLeavesTheWorkToDl4j() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("vectors false, first difference -1");
    }

    /** What the other JVM runs. */
    static final class Program {

        private Program() {}

        @SuppressWarnings("SystemOut") // read by the test
        public static void main(String[] arguments) {
            var vector = gradient(forecaster(32, VectorLstm.lastStep(5, 32)), windows(10, 5, 8));
            var stock = gradient(forecaster(32, stockLastStep(5, 32)), windows(10, 5, 8));
            System.out.println(
                    "vectors " + VectorSupport.isPresent() + ", first difference " + firstDifference(vector, stock));
        }
    }
}
