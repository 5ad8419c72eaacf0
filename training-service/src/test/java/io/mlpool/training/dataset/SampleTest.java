package io.mlpool.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void aSampleHoldsNoPositionTwiceAndIsTheSameForTheSameSeed() {
        int[] sample = Sample.of(1_000, 400, new SplittableRandom(7));
        assertThat(sample).hasSize(400).doesNotHaveDuplicates();
        assertThat(sample).isEqualTo(Sample.of(1_000, 400, new SplittableRandom(7)));
        assertThat(sample).isNotEqualTo(Sample.of(1_000, 400, new SplittableRandom(8)));
    }

    @Test
    void aSampleOfMoreThanThereIsHoldsEverything() {
        assertThat(Sample.of(5, 100, new SplittableRandom(1))).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
    }

    @Test
    void evenPositionsSpanAll() {
        assertThat(Sample.evenly(10, 4)).containsExactly(0, 2, 5, 7);
        assertThat(Sample.evenly(3, 4)).containsExactly(0, 1, 2);
        assertThat(Sample.evenly(2_000_000, 50_000)).startsWith(0).endsWith(1_999_960);
    }
}
