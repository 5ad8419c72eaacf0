package io.mlpool.serving.experiment.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The test of an experiment in simulated markets: what it says wrongly, and how soon it finds what is there. It prints the table of
 * {@code docs/experiments.md}; {@code -Dexperiments=400} simulates as many of each kind that has a winner.
 */
class SequentialTestTest {

    private static final int EXPERIMENTS = Integer.getInteger("experiments", 100);
    private static final int HOURS_OF_A_WEEK = 7 * 24;

    @Test
    void ofThousandExperimentsWithoutDifferenceLookedAtEveryHourAtMostOneInTwentyHasAWinner() {
        int[] proofs = LongStream.range(0, 1000)
                .mapToObj(seed -> new SimulatedExperiment(seed, 6, 0.3, 0.3))
                .mapToInt(same -> Math.max(same.firstProof(-1), same.firstProof(1)))
                .toArray();

        print("equal", proofs, 4, 6);
        assertThat(within(proofs, 6)).isLessThanOrEqualTo(50);
    }

    /** How wide the errors of the challenger, 0.15, and of the control are apart says by how many percent their losses differ. */
    @ParameterizedTest
    @CsvSource({"0.3, 2.6 %, 16, 0.5", "0.35, 3.9 %, 16, 0.75", "0.5, 8 %, 8, 0.8"})
    void improvementIsFound(double controlError, String less, int weeks, double share) {
        int[] proofs = LongStream.range(0, EXPERIMENTS)
                .mapToObj(seed -> new SimulatedExperiment(seed, weeks, controlError, 0.15))
                .mapToInt(experiment -> experiment.firstProof(-1))
                .toArray();

        print(less, proofs, IntStream.of(4, 8, 16).filter(some -> some <= weeks).toArray());
        assertThat(within(proofs, weeks)).isGreaterThanOrEqualTo(Math.round(share * EXPERIMENTS));
    }

    private static long within(int[] proofs, int weeks) {
        return IntStream.of(proofs)
                .filter(hour -> hour > 0 && hour <= weeks * HOURS_OF_A_WEEK + 24) // a day ends, then it is known
                .count();
    }

    private static void print(String less, int[] proofs, int... weeks) {
        System.out.println(IntStream.of(weeks)
                .mapToObj(some -> String.format(
                        Locale.ROOT, "%d weeks %.1f %%", some, 100.0 * within(proofs, some) / proofs.length))
                .collect(Collectors.joining(", ", less + ": of " + proofs.length + " a winner within ", "")));
    }
}
