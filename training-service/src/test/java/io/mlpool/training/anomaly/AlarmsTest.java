package io.mlpool.training.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AlarmsTest {

    @Test
    void ranksThatAreTheSameAgreeWhateverTheScoresAre() {
        assertThat(RankCorrelation.of(new float[] {1, 2, 3, 4}, new float[] {1, 10, 100, 1_000}))
                .isEqualTo(1);
        assertThat(RankCorrelation.of(new float[] {1, 2, 3, 4}, new float[] {4, 3, 2, 1}))
                .isEqualTo(-1);
        assertThat(RankCorrelation.of(new float[] {1, 2, 2, 5}, new float[] {1, 3, 2, 4}))
                .as("scipy 1.17.1: spearmanr([1, 2, 2, 5], [1, 3, 2, 4])")
                .isCloseTo(0.9486832980505138, within(1e-12));
    }

    @Test
    void aDifferenceOfPairedSharesIsOnlyBelievedBeyondItsError() {
        DetectionComparison clear = DetectionComparison.of("naive", found(100, 60), found(100, 20), 0.05);
        DetectionComparison unclear = DetectionComparison.of("naive", found(100, 21), found(100, 20), 0.05);

        assertThat(clear.difference()).isCloseTo(0.4, within(1e-12));
        assertThat(clear.least())
                .as("0.4 - 1.645 sqrt(0.4 - 0.16) / 10")
                .isCloseTo(0.4 - 1.6448536 * Math.sqrt(0.24) / 10, within(1e-6));
        assertThat(unclear.least()).isNegative();
        assertThat(clear.onlyCandidate()).isEqualTo(40);
        assertThat(clear.onlyOpponent()).isZero();
    }

    private static boolean[] found(int of, int first) {
        boolean[] found = new boolean[of];
        for (int i = 0; i < first; i++) {
            found[i] = true;
        }
        return found;
    }
}
