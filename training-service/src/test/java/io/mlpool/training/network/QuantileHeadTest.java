package io.mlpool.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantileHeadTest {

    private static final double[] LEVELS = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};

    private final QuantileHead head = new QuantileHead(new double[] {0.6, 0.4}, LEVELS, 3);
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void quantilesNeverFallWhateverTheNetworkSays() {
        double[] rows = random.doubles(1_000L * head.size(), -1_000, 1_000).toArray();
        head.toQuantiles(rows);
        int levels = LEVELS.length;
        for (int i = 0; i < rows.length; i++) {
            if (i % levels > 0) {
                assertThat(rows[i]).isGreaterThanOrEqualTo(rows[i - 1]);
            }
        }
    }

    @Test
    void rawNumbersOfQuantilesGiveThoseQuantiles() {
        float[] quantiles = {-1.7f, -1.2f, -0.5f, 0.01f, 0.5f, 1.2f, 1.8f, -2f, -1f, -0.4f, -0.01f, 0.6f, 1.3f, 1.9f};
        float[] raw = head.raw(quantiles);
        double[] rows = new double[raw.length];
        Arrays.setAll(rows, i -> raw[i]);
        head.toQuantiles(rows);
        for (int i = 0; i < rows.length; i++) {
            assertThat(rows[i]).isCloseTo(quantiles[i], within(1e-6));
        }
    }

    @Test
    void lossIsThePinballLossOfEachLevel() {
        QuantileHead two = new QuantileHead(new double[] {1}, new double[] {0.1, 0.5}, 1);
        double underTheMedian = 0.5 * 1;
        double aboveTheLowest = 0.1 * 3;
        assertThat(two.losses(new double[] {-2, 2}, new double[] {1}))
                .containsExactly((underTheMedian + aboveTheLowest) / 2);
    }

    @Test
    void anUnknownTargetAddsNeitherLossNorGradient() {
        double[] raw = random.doubles(head.size(), -1, 1).toArray();
        double[] quantiles = raw.clone();
        head.toQuantiles(quantiles);
        double[] unknown = {Double.NaN, Double.NaN};
        assertThat(head.losses(quantiles, unknown)).containsExactly(0);
        assertThat(head.gradient(raw, quantiles, unknown)).containsOnly(0);
    }

    @Test
    void gradientIsTheSlopeOfTheLoss() {
        double[] raw = random.doubles(5L * head.size(), -2, 2).toArray();
        double[] targets = random.doubles(10, -2, 2).toArray();
        targets[3] = Double.NaN;
        double[] gradient = head.gradient(raw, quantiles(raw), targets);
        double step = 1e-6;
        for (int i = 0; i < raw.length; i++) {
            double[] above = raw.clone();
            above[i] += step;
            double[] below = raw.clone();
            below[i] -= step;
            double slope = (loss(above, targets) - loss(below, targets)) / (2 * step);
            assertThat(gradient[i]).isCloseTo(slope, within(1e-7));
        }
    }

    private double loss(double[] raw, double[] targets) {
        return Arrays.stream(head.losses(quantiles(raw), targets)).sum();
    }

    private double[] quantiles(double[] raw) {
        double[] quantiles = raw.clone();
        head.toQuantiles(quantiles);
        return quantiles;
    }
}
