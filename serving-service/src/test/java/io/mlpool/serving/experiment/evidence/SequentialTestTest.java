package io.mlpool.serving.experiment.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The test of an experiment in simulated markets: what it says wrongly, and how soon it finds what is there. */
class SequentialTestTest {

    @Test
    void ofThousandExperimentsWithoutDifferenceLookedAtEveryHourAtMostOneInTwentyHasAWinner() {
        long falseWinners = LongStream.range(0, 1000)
                .mapToObj(seed -> new SimulatedExperiment(seed, 6, 0.3, 0.3))
                .filter(same -> same.firstProof(-1) > 0 || same.firstProof(1) > 0)
                .count();

        assertThat(falseWinners).isLessThanOrEqualTo(50);
    }

    /** Losses of 0.15 and 0.5 as errors differ by 8 %. */
    @Test
    void improvementOfEightPercentIsFoundWithinEightWeeks() {
        assertThat(found(0.5, 8)).isGreaterThanOrEqualTo(80);
    }

    /** Losses of 0.15 and 0.35 as errors differ by 4 %. */
    @Test
    void improvementOfFourPercentIsFoundWithinSixteenWeeks() {
        assertThat(found(0.35, 16)).isGreaterThanOrEqualTo(75);
    }

    /** In how many of 100 experiments, whose challenger errs by 0.15, this is proved. */
    private static long found(double controlError, int weeks) {
        return LongStream.range(0, 100)
                .mapToObj(seed -> new SimulatedExperiment(seed, weeks, controlError, 0.15))
                .filter(experiment -> experiment.firstProof(-1) > 0)
                .count();
    }
}
