package io.mlpool.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BinsTest {

    @Test
    void tenBinsHoldEquallyManyValues() {
        double[] values = IntStream.range(0, 1_000).mapToDouble(i -> i).toArray();
        Bins bins = Bins.of(values);
        int[] counts = new int[bins.count()];
        Arrays.stream(values).forEach(value -> counts[bins.of(value)]++);
        assertThat(counts).hasSize(10).containsOnly(100);
    }

    @Test
    void aValueThatOccursOftenHasABinOfItsOwn() {
        double[] values = IntStream.range(0, 1_000)
                .mapToDouble(i -> i < 200 ? i - 200 : i < 800 ? 0 : i - 799)
                .toArray();
        Bins bins = Bins.of(values);
        int[] counts = new int[bins.count()];
        Arrays.stream(values).forEach(value -> counts[bins.of(value)]++);
        assertThat(counts).containsExactly(100, 100, 600, 100, 100);
        assertThat(bins.of(-1e-9)).as("rounding moves nothing").isEqualTo(bins.of(0));
    }

    @Test
    void theOnlyValueLiesBetweenTwoEdges() {
        Bins bins = Bins.of(new double[] {5, 5, 5});
        assertThat(bins.count()).isEqualTo(3);
        assertThat(bins.of(5)).isEqualTo(1);
        assertThat(bins.of(5.1)).isEqualTo(2);
        assertThat(bins.of(4.9)).isZero();
    }

    @Test
    void twoValuesAreToldApart() {
        Bins bins = Bins.of(new double[] {0, 0, 0, 1});
        assertThat(bins.count()).isEqualTo(2);
        assertThat(bins.of(0)).isZero();
        assertThat(bins.of(1)).isEqualTo(1);
    }

    /** By hand: the p of rank i of 4 times 4 over i, from the largest down never rising. */
    @Test
    void severalTestsAreAdjusted() {
        double[] adjusted = BenjaminiHochberg.adjust(new double[] {0.01, 0.04, 0.03, 0.005});
        double[] expected = {0.02, 0.04, 0.04, 0.02};
        for (int i = 0; i < expected.length; i++) {
            assertThat(adjusted[i]).isCloseTo(expected[i], within(1e-12));
        }
    }
}
