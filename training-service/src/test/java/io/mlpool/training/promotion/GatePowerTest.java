package io.mlpool.training.promotion;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.Handmade;
import io.mlpool.training.naive.RandomWalk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often the gate takes noise for skill, and skill for noise: eighteen weeks of hours with heavy tails (Student's t, 4 degrees of
 * freedom), a volatility whose moods last for days, and four-hour outcomes that overlap. Forecasters know the mood but for an error of
 * their own that lasts for half a day; the naive forecast does not know it.
 */
class GatePowerTest {

    private static final PromotionGate GATE = new PromotionGate(new GateRules(0.05, 100, 10));
    private static final List<Double> NORMAL = List.of(-1.6449, -1.2816, -0.6745, 0.0, 0.6745, 1.2816, 1.6449);
    private static final int TIMES = 3_000;

    @Test
    void ofTwoHundredRandomPerturbationsAtMostOneInTwentyIsPromoted() {
        long promoted = IntStream.range(0, 200)
                .mapToObj(World::new)
                .filter(world ->
                        world.decide(world.forecasts(0.3), world.forecasts(0.3)).promoted())
                .count();

        System.out.printf(Locale.ROOT, "promoted of 200 that are as good as the champion: %d%n", promoted);
        assertThat(promoted).isLessThanOrEqualTo(10);
    }

    @Test
    void ofHundredWithThreePercentLessLossAtLeastFourInFiveArePromoted() {
        List<PromotionDecision> decisions = IntStream.range(0, 100)
                .mapToObj(World::new)
                .map(world -> world.decide(world.forecasts(0.12), world.forecasts(0.3)))
                .toList();
        double improvement = decisions.stream()
                .mapToDouble(
                        one -> requireNonNull(one.againstChampion()).overall().improvement())
                .average()
                .orElseThrow();
        long promoted = decisions.stream().filter(PromotionDecision::promoted).count();

        System.out.printf(Locale.ROOT, "promoted of 100 with %.2f %% less loss: %d%n", improvement, promoted);
        assertThat(improvement).isCloseTo(3, within(0.2));
        assertThat(promoted).isGreaterThanOrEqualTo(80);
    }

    /** One stretch of time. */
    private static final class World {

        private final Random random;
        private final double[] moods;
        private final WindowSet windows;
        private final RandomWalk naive;

        World(long seed) {
            this.random = new Random(seed);
            this.moods = persistent(TIMES + 4, 72, 0.5);
            double[] returns = new double[TIMES + 4];
            for (int i = 0; i < returns.length; i++) {
                returns[i] = Math.exp(moods[i]) * heavyTailed();
            }
            this.windows = Handmade.windows(
                    TIMES,
                    (i, horizon) -> horizon == 0
                            ? returns[i]
                            : (returns[i] + returns[i + 1] + returns[i + 2] + returns[i + 3]) / 2);
            this.naive = RandomWalk.fit(windows);
        }

        /** Quantiles whose scale is off by this standard deviation of its logarithm. */
        Forecasts forecasts(double error) {
            double[] off = persistent(TIMES, 12, error);
            return Handmade.forecasts(
                    windows,
                    (i, horizon, level) -> Math.exp(moods[i] + off[i])
                            * NORMAL.get(Handmade.SHAPE.levels().indexOf(level)));
        }

        PromotionDecision decide(Forecasts candidate, Forecasts champion) {
            Instant before = windows.asOf(0).minus(Duration.ofHours(4));
            return GATE.decide(candidate, before, naive, Optional.of(new Champion(1, before, champion)));
        }

        private double[] persistent(int length, int halfLife, double deviation) {
            double keep = Math.pow(0.5, 1.0 / halfLife);
            double[] values = new double[length];
            double value = random.nextGaussian();
            for (int i = 0; i < length; i++) {
                value = keep * value + Math.sqrt(1 - keep * keep) * random.nextGaussian();
                values[i] = deviation * value;
            }
            return values;
        }

        /** Of variance 1. */
        private double heavyTailed() {
            double squares = 0;
            for (int i = 0; i < 4; i++) {
                double normal = random.nextGaussian();
                squares += normal * normal;
            }
            return random.nextGaussian() / Math.sqrt(squares / 4) / Math.sqrt(2);
        }
    }
}
