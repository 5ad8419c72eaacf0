package io.mlpool.training.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.training.SyntheticMarket;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.naive.RandomWalk;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class WeightsTest {

    private static final WindowSet WINDOWS = SyntheticMarket.windows(SyntheticMarket::noise, 1_500, 8, 1);
    private static final Duration LONG = Duration.ofDays(10_000);

    @Test
    void whoSaysItBetterCountsMore() {
        Weights weights = fit(LONG, 0, moved(i -> 0), moved(i -> 2));
        assertThat(List.of(weights.of())).hasSize(2).allSatisfy(horizon -> {
            assertThat(horizon[0]).isGreaterThan(0.9);
            assertThat(Arrays.stream(horizon).sum()).isCloseTo(1, within(1e-9));
        });
    }

    @Test
    void whoErrsTheOtherWayMakesAnotherOneGood() {
        Weights weights = fit(LONG, 0, moved(i -> 1), moved(i -> -1));
        assertThat(weights.of()[0][0]).as("the mean of both is right").isCloseTo(0.5, within(0.1));
    }

    @Test
    void whoWasBetterOfLateCountsMoreThanWhoWasBetterBefore() {
        int half = WINDOWS.size() / 2;
        Forecasts early = moved(i -> i < half ? 0 : 1);
        Forecasts late = moved(i -> i < half ? 1 : 0);
        assertThat(fit(Duration.ofDays(2), 0, early, late).of()[0][1]).isGreaterThan(0.9);
        assertThat(fit(Duration.ofDays(2), 0, late, early).of()[0][1]).isLessThan(0.1);
    }

    @Test
    void shrinkageDrawsWeightsToEqualOnes() {
        double free = fit(LONG, 0, moved(i -> 0), moved(i -> 2)).of()[0][0];
        double drawn = fit(LONG, 0.5, moved(i -> 0), moved(i -> 2)).of()[0][0];
        assertThat(drawn).isCloseTo(0.5 * free + 0.25, within(1e-9));
        assertThat(fit(LONG, 1, moved(i -> 0), moved(i -> 2)).of()[0]).containsExactly(0.5, 0.5);
    }

    private static Weights fit(Duration halfLife, double shrinkage, Forecasts... members) {
        return Weights.fit(List.of(members), halfLife, shrinkage, () -> {});
    }

    /** The random walk's quantiles, moved at each window by so much. */
    private static Forecasts moved(IntToDoubleFunction by) {
        float[] quantiles = RandomWalk.fit(WINDOWS).forecast(new float[0], WINDOWS.size());
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] += (float) by.applyAsDouble(i / WINDOWS.shape().size());
        }
        return new Forecasts(WINDOWS, quantiles);
    }
}
