package io.mlpool.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LiveCorrectionTest {

    private static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);
    private static final double[] NORMAL = {-1.2815516, 0, 1.2815516};
    private static final int ASSETS = 20;

    @Test
    void aCorrectionOfNothingKnownChangesNothing() {
        assertThat(LiveCorrection.of(LEVELS, new double[3], 0, 0.01)).isEqualTo(LiveCorrection.none(3));
        assertThat(LiveCorrection.none(3).apply(NORMAL)).containsExactly(NORMAL);
    }

    @Test
    void anIntervalThatHeldTooFewGrowsOnBothSidesAndTheMedianStays() {
        LiveCorrection correction = LiveCorrection.of(LEVELS, new double[] {40, 60, 80}, 100, 0.01);

        assertThat(correction.offsets().getFirst()).isCloseTo(-0.2, within(1e-12));
        assertThat(correction.offsets().get(1)).isZero();
        assertThat(correction.offsets().getLast()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void aMarketThatWentUpMovesNothing() {
        LiveCorrection correction = LiveCorrection.of(LEVELS, new double[] {0, 30, 80}, 100, 0.01);

        assertThat(correction.offsets()).allSatisfy(offset -> assertThat(offset).isCloseTo(0, within(1e-12)));
    }

    @Test
    void aLevelWithoutAnOppositeStays() {
        assertThat(LiveCorrection.of(List.of(0.2, 0.5, 0.9), new double[] {90, 90, 90}, 100, 0.01)
                        .offsets())
                .containsExactly(0.0, 0.0, 0.0);
    }

    @Test
    void quantilesDoNotCrossHoweverMuchTooWideTheyWere() {
        double[] moved = LiveCorrection.of(LEVELS, new double[] {0, 500, 1000}, 1000, 0.01)
                .apply(new double[] {-0.5, 0.1, 0.5});

        assertThat(moved).isSorted().hasSize(3);
    }

    @Test
    void longerHorizonsMoveInSmallerSteps() {
        assertThat(LiveCorrection.step(1)).isEqualTo(0.05);
        assertThat(LiveCorrection.step(4)).isEqualTo(0.025);
        assertThat(LiveCorrection.step(25)).isEqualTo(0.01);
    }

    @Test
    void asManySumsAsLevelsAreNeeded() {
        assertThatThrownBy(() -> LiveCorrection.of(LEVELS, new double[2], 1, 0.01))
                .hasMessage("3 levels but 2 sums");
    }

    /** Volatility that the model does not see: as it was in training, then half as much again, then less. */
    @Test
    void coverageIsHeldWhereThatOfFixedQuantilesIsLost() {
        double[] fixed = quarters(24, false);
        double[] tracked = quarters(24, true);

        assertThat(fixed[3]).as("wild").isLessThan(0.65);
        assertThat(fixed[5]).as("quiet").isGreaterThan(0.9);
        for (int quarter : new int[] {0, 1, 3, 5}) {
            assertThat(tracked[quarter]).as("quarter %d", quarter).isBetween(0.78, 0.82);
        }
        assertThat(tracked[2]).as("while it learns that the market is wild").isGreaterThan(fixed[2] + 0.1);
        assertThat(tracked[4]).as("while it learns that the market is quiet").isLessThan(fixed[4] - 0.04);
    }

    @Test
    void oneBarAheadCoverageIsBackWithinTheQuarterOfTheJump() {
        double[] fixed = quarters(1, false);
        double[] tracked = quarters(1, true);

        assertThat(fixed[2]).as("wild").isLessThan(0.65);
        for (double coverage : tracked) {
            assertThat(coverage).isBetween(0.78, 0.82);
        }
    }

    /** Share of outcomes in the 80 % interval in each of six quarters of hours, of coins that move together and forecasts that overlap. */
    private static double[] quarters(int bars, boolean corrected) {
        SplittableRandom random = new SplittableRandom(5);
        int quarter = 90 * 24;
        double[][] prices = new double[6 * quarter + bars + 1][ASSETS];
        for (int t = 0; t + 1 < prices.length; t++) {
            double sigma = t < 2 * quarter ? 1 : t < 4 * quarter ? 1.5 : 0.7;
            double market = random.nextGaussian();
            for (int asset = 0; asset < ASSETS; asset++) {
                double step = 0.7 * market + Math.sqrt(0.51) * random.nextGaussian();
                prices[t + 1][asset] = prices[t][asset] + sigma * step / Math.sqrt(bars);
            }
        }
        double[] inside = new double[6];
        double[] below = new double[LEVELS.size()];
        Deque<double[]> underway = new ArrayDeque<>();
        long times = 0;
        for (int t = 0; t < 6 * quarter; t++) {
            LiveCorrection correction = corrected
                    ? LiveCorrection.of(LEVELS, below, times, LiveCorrection.step(bars))
                    : LiveCorrection.none(LEVELS.size());
            double[] shares = shares(prices[t], prices[t + bars], correction.apply(NORMAL));
            inside[t / quarter] += (shares[2] - shares[0]) / quarter;
            underway.add(shares);
            if (underway.size() > bars) {
                double[] known = underway.remove();
                Arrays.setAll(below, level -> below[level] + known[level]);
                times++;
            }
        }
        return inside;
    }

    private static double[] shares(double[] before, double[] after, double[] quantiles) {
        double[] shares = new double[quantiles.length];
        for (int asset = 0; asset < ASSETS; asset++) {
            for (int level = 0; level < quantiles.length; level++) {
                shares[level] += (after[asset] - before[asset] <= quantiles[level] ? 1.0 : 0.0) / ASSETS;
            }
        }
        return shares;
    }
}
