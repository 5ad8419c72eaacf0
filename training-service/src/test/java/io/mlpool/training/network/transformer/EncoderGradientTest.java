package io.mlpool.training.network.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradient is the derivative of what comes out, for every parameter by itself. */
class EncoderGradientTest {

    /** Floats carry seven digits: over this way the rounding of the sum is far below the slope, and its curvature cancels to second order. */
    private static final float WAY = 5e-4f;

    private static final int WINDOWS = 40;

    @ParameterizedTest(name = "patch {0}, width {1}, blocks {2}, heads {3}, inner {4}")
    @CsvSource({"3, 8, 1, 2, 12", "2, 6, 2, 3, 7", "1, 32, 1, 1, 33", "7, 16, 2, 4, 32"})
    void isTheSlopeAlongEveryParameter(int patch, int width, int blocks, int heads, int inner) {
        EncoderShape shape = new EncoderShape(5, 14, patch, width, blocks, heads, inner);
        EncoderParameters parameters = new EncoderParameters(shape);
        Random random = new Random(patch);
        float[] start = begin(parameters, random);
        float[] windows = normal(random, WINDOWS * 14 * 5, 1);
        float[] counts = normal(random, WINDOWS * width, 1);
        Encoder encoder = new Encoder(shape);
        encoder.forward(start, windows, WINDOWS, true);
        float[] gradient = encoder.backward(counts, WINDOWS);

        for (Parameter parameter : parameters.all()) {
            double[] direction = new double[start.length];
            double slope = 0;
            double length = 0;
            for (int i = parameter.offset(); i < parameter.end(); i++) {
                length += (double) gradient[i] * gradient[i];
            }
            assertThat(length).as(parameter.name()).isPositive();
            for (int i = parameter.offset(); i < parameter.end(); i++) {
                direction[i] =
                        gradient[i] / Math.sqrt(length) + 0.5 * random.nextGaussian() / Math.sqrt(parameter.size());
                slope += direction[i] * gradient[i];
            }
            double ahead = sum(encoder.forward(moved(start, direction, WAY), windows, WINDOWS, false), counts);
            double behind = sum(encoder.forward(moved(start, direction, -WAY), windows, WINDOWS, false), counts);
            assertThat((ahead - behind) / (2 * WAY))
                    .as(parameter.name())
                    .isEqualTo(slope, within(1e-2 * Math.abs(slope)));
        }
    }

    @Test
    void theFirstOfManyWindowsIsAnsweredAsIfItWereAlone() {
        EncoderShape shape = new EncoderShape(5, 14, 4, 8, 2, 2, 16);
        Random random = new Random(3);
        float[] start = begin(new EncoderParameters(shape), random);
        float[] windows = normal(random, 70 * 14 * 5, 1);
        Encoder encoder = new Encoder(shape);
        float[] together = encoder.forward(start, windows, 70, false);
        for (int window : new int[] {0, 31, 32, 69}) {
            float[] alone = java.util.Arrays.copyOfRange(windows, window * 14 * 5, (window + 1) * 14 * 5);
            assertThat(encoder.forward(start, alone, 1, false))
                    .containsExactly(java.util.Arrays.copyOfRange(together, window * 8, (window + 1) * 8));
        }
    }

    private static float[] begin(EncoderParameters parameters, Random random) {
        float[] start = new float[parameters.size()];
        for (Parameter parameter : parameters.all()) {
            float[] part = normal(random, parameter.size(), parameter.decays() ? 1 / Math.sqrt(parameter.rows()) : 0.3);
            for (int i = 0; i < part.length; i++) {
                start[parameter.offset() + i] = part[i] + (parameter.role() == Parameter.Role.GAIN ? 1 : 0);
            }
        }
        return start;
    }

    private static float[] normal(Random random, int count, double deviation) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    private static float[] moved(float[] start, double[] direction, float way) {
        float[] moved = start.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += (float) (way * direction[i]);
        }
        return moved;
    }

    private static double sum(float[] answers, float[] counts) {
        double sum = 0;
        for (int i = 0; i < answers.length; i++) {
            sum += (double) answers[i] * counts[i];
        }
        return sum;
    }
}
