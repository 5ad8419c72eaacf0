package io.mlpool.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.standalone.bench.Paired.Pair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedTest {

    @Test
    void theRatioIsTheMedianOfTheRatiosNotTheRatioOfTheMedians() {
        Paired paired = new Paired(List.of(new Pair(10, 20), new Pair(30, 10), new Pair(21, 30)));

        assertThat(paired.ratio()).isEqualTo(0.7, within(1e-12));
        assertThat(paired.measured()).isEqualTo(21);
        assertThat(paired.yardstick()).isEqualTo(20);
        assertThat(paired.lowestRatio()).isEqualTo(0.5);
        assertThat(paired.highestRatio()).isEqualTo(3);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
        assertThat(Paired.median(9, 1, 3, 5)).isEqualTo(4);
    }

    @Test
    void pairsAreTakenAlternatelyAndTheFirstOfEachIsNotCounted() {
        List<String> order = new ArrayList<>();
        double[] values = {1000, 2, 3, 4};

        Paired paired = Paired.alternately(
                3,
                () -> {
                    order.add("measured");
                    return values[(order.size() - 1) / 2];
                },
                () -> {
                    order.add("yardstick");
                    return 2;
                });

        assertThat(order)
                .containsExactly(
                        "measured", "yardstick", // warm-up
                        "measured", "yardstick", //
                        "yardstick", "measured", //
                        "measured", "yardstick");
        assertThat(paired.pairs()).containsExactly(new Pair(2, 2), new Pair(3, 2), new Pair(4, 2));
    }

    @Test
    void aPairThatCannotHaveARatioIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pair(1, 0))
                .withMessage("yardstick must be positive and finite, found 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Pair(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Paired(List.of()));
    }
}
