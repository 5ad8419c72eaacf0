package io.mlpool.training.network.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A JVM that was started without the incubating module encodes and learns all the same, only slower. */
class WithoutVectorsTest {

    @Test
    void theEncoderComputesTheSame() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        double expected = Program.answerAndGradient();
        assertThat(Double.parseDouble(output.strip())).isEqualTo(expected, within(1e-4 * Math.abs(expected)));
    }

    /** What the other JVM runs. */
    static final class Program {

        private Program() {}

        @SuppressWarnings("SystemOut") // read by the test
        public static void main(String[] arguments) {
            System.out.println(answerAndGradient());
        }

        private static double answerAndGradient() {
            EncoderShape shape = new EncoderShape(3, 8, 2, 6, 2, 2, 10);
            float[] parameters = random(new EncoderParameters(shape).size());
            Encoder encoder = new Encoder(shape);
            float[] answers = encoder.forward(parameters, random(35 * 8 * 3), 35, true);
            float[] gradient = encoder.backward(random(answers.length), 35);
            return length(answers) + length(gradient);
        }

        private static float[] random(int count) {
            Random random = new Random(count);
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) random.nextGaussian() / 2;
            }
            return values;
        }

        private static double length(float[] values) {
            double sum = 0;
            for (float value : values) {
                sum += (double) value * value;
            }
            return Math.sqrt(sum);
        }
    }
}
