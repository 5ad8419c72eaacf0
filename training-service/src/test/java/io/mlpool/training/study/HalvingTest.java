package io.mlpool.training.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalvingTest {

    @ParameterizedTest(name = "{0} candidates, {1} folds, one in {2}: {3} trials")
    @CsvSource(delimiter = '|', textBlock = """
            27 | 3 | 3 | 39 | 27 9 3
            27 | 5 | 3 | 39 | 27 9 3
            10 | 3 | 3 | 16 | 10 4 2
             9 | 3 | 9 |  9 | 9
             2 | 3 | 2 |  2 | 2
             4 | 2 | 2 |  6 | 4 2
            """)
    void oneInSoManyGoesOnAfterEachFoldUntilOneIsLeft(int candidates, int folds, int keptOf, int trials, String each) {
        Halving halving = new Halving(candidates, folds, keptOf);

        assertThat(IntStream.range(0, halving.rounds()).map(halving::entering))
                .containsExactly(IntStream.of(java.util.Arrays.stream(each.split(" "))
                                .mapToInt(Integer::parseInt)
                                .toArray())
                        .boxed()
                        .toArray(Integer[]::new));
        assertThat(halving.trials()).isEqualTo(trials);
    }
}
