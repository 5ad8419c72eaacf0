package io.mlpool.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The expected numbers were computed by {@code src/test/resources/evaluation/oracle.py} of training with statsmodels and scipy. */
class HacMeanTest {

    private static final double[] SERIES = IntStream.range(0, 60)
            .mapToDouble(i -> Math.sin(0.5 * i) + 0.2 * Math.cos(3 * i) - 0.3)
            .toArray();

    @Test
    void withoutOverlapTheStandardErrorIsStatsmodels() {
        HacMean mean = HacMean.of(SERIES, 1);

        assertThat(mean.mean()).isCloseTo(-0.26159516126709437, within(1e-12));
        assertThat(mean.standardError()).isCloseTo(0.0633070773151292, within(1e-12));
        assertThat(mean.lag()).isEqualTo(10);
        assertThat(mean.probabilityBelow()).isCloseTo(0.001566355171786448, within(1e-9));
    }

    @Test
    void withOverlapTheLagIsLongerAndTheSmallSampleCorrectionCounts() {
        HacMean mean = HacMean.of(SERIES, 6);

        assertThat(mean.standardError()).isCloseTo(0.08107931635793168, within(1e-12));
        assertThat(mean.lag()).isEqualTo(15);
        assertThat(mean.probabilityBelow()).isCloseTo(0.009852638437390373, within(1e-9));
    }

    @Test
    void overlappingNoiseIsCalledSignificantAboutAsOftenAsPromised() {
        SplittableRandom random = new SplittableRandom(1);
        int called = 0;
        for (int run = 0; run < 2000; run++) {
            if (HacMean.of(overlappingNoise(random, 600, 12), 12).probabilityBelow() < 0.05) {
                called++;
            }
        }
        assertThat(called / 2000.0).isBetween(0.03, 0.085);
    }

    @Test
    void aSeriesThatDoesNotVaryIsCertain() {
        assertThat(HacMean.of(new double[] {-1, -1, -1, -1}, 1).probabilityBelow())
                .isZero();
        assertThat(HacMean.of(new double[] {0, 0, 0, 0}, 1).probabilityBelow()).isEqualTo(0.5);
        assertThat(HacMean.of(new double[0], 1).probabilityBelow()).isEqualTo(0.5);
    }

    /** Each value shares all but one of its parts with the one before, as forecasts a day ahead of every hour do. */
    private static double[] overlappingNoise(SplittableRandom random, int length, int overlap) {
        double[] parts = random.doubles(length + overlap).map(x -> x - 0.5).toArray();
        double[] series = new double[length];
        for (int i = 0; i < length; i++) {
            for (int k = 0; k < overlap; k++) {
                series[i] += parts[i + k];
            }
        }
        return series;
    }
}
