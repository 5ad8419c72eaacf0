package io.mlpool.training.promotion;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.Handmade;
import io.mlpool.training.naive.RandomWalk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PromotionGateTest {

    private static final List<Double> NORMAL = List.of(-1.6449, -1.2816, -0.6745, 0.0, 0.6745, 1.2816, 1.6449);
    private static final PromotionGate GATE = new PromotionGate(new GateRules(0.05, 100, 10));
    private static final int TIMES = 400;

    @Test
    void theDieboldMarianoStatisticIsStatsmodels() {
        WindowSet windows =
                Handmade.windows(60, (i, horizon) -> horizon == 0 ? 1.5 * Math.sin(i + 0.5) : 1.2 * Math.cos(0.7 * i));
        WindowSet past = Handmade.windows(60, (i, horizon) -> horizon == 0 ? Math.sin(0.3 * i) : 2 * Math.cos(0.2 * i));
        Forecasts forecasts =
                Handmade.forecasts(windows, (i, horizon, level) -> 2.4 * (level - 0.5) + 0.3 * Math.cos(i));

        Comparison comparison = Comparison.of("naive", forecasts, Forecasts.constant(RandomWalk.fit(past), windows));

        Comparison.Verdict four = comparison.horizons().getLast().verdict();
        assertThat(four.statistic())
                .as("src/test/resources/evaluation/oracle.py")
                .isCloseTo(-2.3154067395218485, within(1e-5));
        assertThat(four.probability()).isCloseTo(0.024289764675116673, within(1e-6));
        assertThat(comparison.horizons().getFirst().verdict().statistic()).isCloseTo(-11.302617504406054, within(1e-3));
    }

    @Test
    void aCandidateThatKnowsMoreThanBothIsPromoted() {
        WindowSet windows = market(1);

        PromotionDecision decision = GATE.decide(
                knowing(windows, 0.6, 0),
                before(windows),
                naive(1),
                champion(knowing(windows, 0.2, 0), before(windows)));

        assertThat(decision.promoted()).as(decision.reason()).isTrue();
        assertThat(decision.reason())
                .startsWith("Promoted: its loss is ")
                .contains("lower than that of the naive over ", "lower than that of the champion version 7 over ");
        assertThat(decision.championVersion()).isEqualTo(7);
    }

    @Test
    void aCandidateThatIsNoBetterThanTheNaiveForecastIsNotPromotedEvenOverAWorseChampion() {
        WindowSet windows = market(1);

        PromotionDecision decision = GATE.decide(
                knowing(windows, 0, 0.3),
                before(windows),
                naive(2),
                champion(knowing(windows, 0, 1.5), before(windows)));

        assertThat(decision.promoted()).as(decision.reason()).isFalse();
        assertThat(decision.reason()).startsWith("Not promoted: ").contains("that of the naive");
        assertThat(requireNonNull(decision.againstChampion()).overall().improvement())
                .isPositive();
    }

    @Test
    void aCandidateThatIsBetterOnTheWholeButWorseAtOneHorizonIsNotPromoted() {
        WindowSet windows = market(1);
        Forecasts lopsided = Handmade.forecasts(
                windows,
                (i, horizon, level) ->
                        horizon == 0 ? 0.9 * windows.target(i, 0) + 0.3 * normal(level) : normal(level) + 0.7);

        PromotionDecision decision = GATE.decide(lopsided, before(windows), naive(1), Optional.empty());

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).contains("better than the naive on the whole, but significantly worse at 4h (");
    }

    @Test
    void noiseIsPromotedAboutAsRarelyAsPromised() {
        int promoted = 0;
        int runs = 300;
        for (int seed = 0; seed < runs; seed++) {
            WindowSet windows = market(seed);
            PromotionDecision decision = GATE.decide(
                    shaken(windows, 3L * seed),
                    before(windows),
                    hopeless(),
                    champion(shaken(windows, 3L * seed + 1), before(windows)));
            promoted += decision.promoted() ? 1 : 0;
        }
        assertThat((double) promoted / runs).isBetween(0.01, 0.09);
    }

    @Test
    void onlyWindowsAfterBothTrainingCutOffsAndThePurgeCount() {
        WindowSet windows = market(1);
        Instant late = windows.asOf(200);

        PromotionDecision decision = GATE.decide(
                knowing(windows, 0.6, 0), before(windows), naive(1), champion(knowing(windows, 0.2, 0), late));

        assertThat(decision.from()).isEqualTo(late.plus(Duration.ofHours(4)));
        assertThat(requireNonNull(decision.againstNaive()).overall().times()).isEqualTo(TIMES - 204);
    }

    @Test
    void tooFewRowsPromoteNothingAndAreSaidToBeTooFew() {
        WindowSet windows = market(1);
        Instant late = windows.asOf(TIMES - 60);

        PromotionDecision decision = GATE.decide(knowing(windows, 0.9, 0), late, naive(1), Optional.empty());

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason())
                .contains("only 56 times after %s".formatted(late))
                .contains("100 are needed");
        assertThat(decision.againstNaive()).isNull();
    }

    @Test
    void timesWithoutEveryTargetDoNotCountInTheMeanOverTheHorizons() {
        WindowSet windows =
                Handmade.windows(TIMES, (i, horizon) -> horizon == 1 && i >= 300 ? Double.NaN : Math.sin(i));

        PromotionDecision decision = GATE.decide(
                Handmade.forecasts(windows, (i, horizon, level) -> normal(level)),
                before(windows),
                naive(1),
                Optional.empty());

        assertThat(requireNonNull(decision.againstNaive()).overall().times()).isEqualTo(300);
        assertThat(requireNonNull(decision.againstNaive())
                        .horizons()
                        .getFirst()
                        .verdict()
                        .times())
                .isEqualTo(TIMES);
    }

    @Test
    void rulesMustMakeSense() {
        assertThatThrownBy(() -> new GateRules(0.5, 100, 10))
                .hasMessageContaining("level must lie between 0 and 0.5, found 0.5");
        assertThatThrownBy(() -> new GateRules(0.05, 1, 10)).hasMessageContaining("at least 2 times");
    }

    /** Outcomes that are standard normal. */
    private static WindowSet market(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Handmade.windows(TIMES, (i, horizon) -> random.nextGaussian());
    }

    /** Quantiles that know a share of the outcome, and are off by a bias. */
    private static Forecasts knowing(WindowSet windows, double share, double bias) {
        return Handmade.forecasts(
                windows,
                (i, horizon, level) -> share * windows.target(i, horizon) + (1 - share) * normal(level) + bias);
    }

    /** Right quantiles, shaken at random: two of them are equally good. */
    private static Forecasts shaken(WindowSet windows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] shifts = random.doubles(TIMES, -1, 1).toArray();
        return Handmade.forecasts(windows, (i, horizon, level) -> normal(level) + shifts[i]);
    }

    private static RandomWalk naive(long seed) {
        return RandomWalk.fit(market(100 + seed));
    }

    /** A naive forecast that everybody beats. */
    private static RandomWalk hopeless() {
        return RandomWalk.fit(Handmade.windows(10, (i, horizon) -> 5));
    }

    private static Optional<Champion> champion(Forecasts forecasts, Instant trainedUntil) {
        return Optional.of(new Champion(7, trainedUntil, forecasts));
    }

    private static Instant before(WindowSet windows) {
        return windows.asOf(0).minus(Duration.ofHours(4));
    }

    private static double normal(double level) {
        return NORMAL.get(Handmade.SHAPE.levels().indexOf(level));
    }
}
