package io.mlpool.training.network.lstm;

import static io.mlpool.training.network.vector.MatrixProduct.LANES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SquashTest {

    @Test
    void tanhIsRightToTheSixthDigitFromMinusTwelveToTwelve() {
        float[] x = between(-12f, 12f);
        float[] y = x.clone();

        Squash.tanh(y, 0, 1, y.length, y.length);

        for (int i = 0; i < x.length; i++) {
            assertThat((double) y[i]).as("tanh(%s)", x[i]).isEqualTo(Math.tanh(x[i]), within(3e-7));
        }
    }

    @Test
    void sigmoidIsRightToTheSixthDigitFromMinusTwentyToTwenty() {
        float[] x = between(-20f, 20f);
        float[] y = x.clone();

        Squash.sigmoid(y, 0, 1, y.length, y.length);

        for (int i = 0; i < x.length; i++) {
            assertThat((double) y[i]).as("sigmoid(%s)", x[i]).isEqualTo(1 / (1 + Math.exp(-x[i])), within(3e-7));
        }
    }

    @Test
    void staysInItsBoundsForHugeAndInfiniteArguments() {
        float[] y = new float[LANES];
        Arrays.fill(y, 1e30f);
        y[0] = Float.NEGATIVE_INFINITY;
        y[1] = Float.POSITIVE_INFINITY;

        Squash.tanh(y, 0, 1, LANES, LANES);

        assertThat(y[0]).isCloseTo(-1f, within(3e-7f));
        assertThat(y[1]).isCloseTo(1f, within(3e-7f));
        assertThat(y[2]).isCloseTo(1f, within(3e-7f));
    }

    @Test
    void notANumberStaysVisible() {
        float[] y = new float[LANES];
        y[1] = Float.NaN;

        Squash.sigmoid(y, 0, 1, LANES, LANES);

        assertThat(y[0]).isEqualTo(0.5f);
        assertThat(y[1]).isNaN();
    }

    @Test
    void touchesOnlyItsBlock() {
        float[] values = new float[4 * LANES];
        Arrays.fill(values, 2f);

        Squash.tanh(values, LANES, 2, 2 * LANES, LANES);

        for (int i = 0; i < values.length; i++) {
            boolean inBlock = i / LANES % 2 == 1;
            assertThat((double) values[i]).isEqualTo(inBlock ? Math.tanh(2) : 2, within(3e-7));
        }
    }

    private static float[] between(float from, float to) {
        float[] values = new float[1000 * LANES];
        for (int i = 0; i < values.length; i++) {
            values[i] = from + (to - from) * i / (values.length - 1);
        }
        return values;
    }
}
