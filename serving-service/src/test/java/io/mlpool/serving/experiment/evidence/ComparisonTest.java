package io.mlpool.serving.experiment.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.model.Horizon;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What blocks of paired losses say of two arms. */
class ComparisonTest {

    private static final double[] VALUES = {-0.031, -0.012, -0.054, 0.008, -0.027, -0.041, -0.019, -0.036};
    private static final Horizon HOUR = Horizon.of("1h");
    private static final Horizon DAY = Horizon.of("24h");

    /**
     * The ends are where the Bayes factor is 20, integrated numerically in Python over the mean in standard deviations (normal prior) and
     * the standard deviation (density 1 / sigma) on a grid of 600 x 600.
     */
    @Test
    void intervalEndsWhereTheBayesFactorReachesOneOverAlpha() {
        Estimate estimate = ConfidenceSequence.of(VALUES, 1, 0.05);

        assertThat(estimate.mean()).isCloseTo(-0.0265, within(1e-12));
        assertThat(estimate.upper()).isCloseTo(0.0020949, within(1e-6));
        assertThat(estimate.lower()).isCloseTo(-0.0550949, within(1e-6));
    }

    @Test
    void twiceTheVarianceOfTheMeanWidensTheIntervalByTheRootOfTwo() {
        Estimate alone = ConfidenceSequence.of(VALUES, 1, 0.05);
        Estimate dependent = ConfidenceSequence.of(VALUES, 2, 0.05);

        assertThat(dependent.upper() - dependent.mean())
                .isCloseTo(Math.sqrt(2) * (alone.upper() - alone.mean()), within(1e-12));
        assertThatThrownBy(() -> ConfidenceSequence.of(VALUES, 0.5, 0.05)).hasMessageContaining("at least 1");
    }

    @Test
    void fewBlocksSayNothing() {
        Estimate estimate = ConfidenceSequence.of(new double[] {-0.5, -0.5001, -0.4999, -0.5}, 1, 0.05);

        assertThat(estimate.isBelow(0)).isFalse();
        assertThat(estimate.lower()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void overlapOfHorizonsIsTakenIntoAccount() {
        assertThat(Dependence.ofOverlap(1)).isCloseTo(1.5, within(1e-12));
        assertThat(Dependence.ofOverlap(2)).isCloseTo(1.2, within(1e-12));
        assertThat(Dependence.observed(new double[] {1, 1, 1, 1, -1, -1, -1, -1}))
                .isGreaterThan(2);
        assertThat(Dependence.observed(new double[] {1, -1, 1, -1, 1, -1})).isEqualTo(1);
    }

    @Test
    void exchangedArmsTurnTheSign() {
        Comparison comparison = compare(pair(0, HOUR, 1.0, 0.9), pair(0, DAY, 4.0, 4.4));
        Comparison exchanged = compare(pair(0, HOUR, 0.9, 1.0), pair(0, DAY, 4.4, 4.0));

        assertThat(comparison.logRatio().mean())
                .isCloseTo((Math.log(0.9) + Math.log(1.1)) / 2, within(1e-12))
                .isCloseTo(-exchanged.logRatio().mean(), within(1e-12));
        assertThat(comparison.logRatioByHorizon().values().stream().map(Estimate::mean))
                .as("by horizon, nearest first")
                .containsExactly(Math.log(0.9), Math.log(4.4 / 4.0));
    }

    @Test
    void onlyWholeBlocksCount() {
        Stretch running = new Stretch(1, HOUR, false, 24, 20, 40, new Tally(1, 30L), new Tally(9, 30L));
        Stretch gaps = new Stretch(2, HOUR, true, 24, 11, 40, new Tally(1, 30L), new Tally(9, 30L));
        Comparison comparison = compare(pair(0, HOUR, 1, 0.9), pair(0, DAY, 1, 0.9), running, gaps, pair(3, DAY, 1, 9));

        assertThat(comparison.logRatio().values()).isEqualTo(1);
        assertThat(comparison.coverage().mean()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void courseEndsWithTheEstimateOfNow() {
        List<Stretch> all = new ArrayList<>();
        for (int block = 0; block < VALUES.length; block++) {
            all.add(pair(block, HOUR, 1, Math.exp(VALUES[block])));
            all.add(pair(block, DAY, 5, 5 * Math.exp(VALUES[block])));
        }
        Comparison comparison = compare(all.toArray(Stretch[]::new));

        assertThat(comparison.course()).hasSize(8).last().isEqualTo(new Comparison.Step(7, comparison.logRatio()));
        assertThat(comparison.logRatio().upper())
                .as("wider than that of independent values, for neighbours overlap")
                .isGreaterThan(ConfidenceSequence.of(VALUES, 1, 0.05).upper());
    }

    private static Comparison compare(Stretch... stretches) {
        return new Comparison(List.of(stretches), List.of(HOUR, DAY), 1, 0.05);
    }

    private static Stretch pair(int block, Horizon horizon, double control, double challenger) {
        return new Stretch(block, horizon, true, 24, 24, 48, new Tally(control, 38L), new Tally(challenger, 36L));
    }
}
