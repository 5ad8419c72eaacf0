package io.mlpool.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final Replay HALF = new Replay(0.2, 0.5);

    @Test
    void allNewWindowsAndAsManyOlderOnesAreLearnedFrom() {
        int[] chosen = HALF.positions(1_000, new SplittableRandom(1));

        assertThat(chosen).hasSize(400).isSorted().doesNotHaveDuplicates();
        assertThat(Arrays.stream(chosen).filter(position -> position >= 800)).hasSize(200);
        assertThat(Arrays.stream(chosen).filter(position -> position < 400))
                .as("from the whole past")
                .hasSizeBetween(80, 120);
    }

    @Test
    void olderOnesAreTheSameForTheSameSeedOnly() {
        int[] first = HALF.positions(1_000, new SplittableRandom(1));

        assertThat(HALF.positions(1_000, new SplittableRandom(1))).isEqualTo(first);
        assertThat(HALF.positions(1_000, new SplittableRandom(2))).isNotEqualTo(first);
    }

    @Test
    void thereMayBeNoReplayOrNothingOlderOrLessThanWanted() {
        assertThat(new Replay(0.2, 0).positions(1_000, new SplittableRandom(1)))
                .isEqualTo(IntStream.range(800, 1_000).toArray());
        assertThat(new Replay(1, 0.5).positions(1_000, new SplittableRandom(1))).hasSize(1_000);
        assertThat(new Replay(0.5, 0.9).positions(1_000, new SplittableRandom(1)))
                .hasSize(1_000);
    }

    @Test
    void sharesThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Replay(0, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Replay(0.2, 1));
    }
}
