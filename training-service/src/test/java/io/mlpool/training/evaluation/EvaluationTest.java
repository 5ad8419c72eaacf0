package io.mlpool.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.naive.RandomWalk;
import io.mlpool.training.report.MetricsTable;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The expected numbers were computed by {@code src/test/resources/evaluation/oracle.py}. */
class EvaluationTest {

    private static final Offset<Double> CLOSE = within(1e-6);

    private final WindowSet windows =
            Handmade.windows(60, (i, horizon) -> horizon == 0 ? 1.5 * Math.sin(i + 0.5) : 1.2 * Math.cos(0.7 * i));
    private final WindowSet past =
            Handmade.windows(60, (i, horizon) -> horizon == 0 ? Math.sin(0.3 * i) : 2 * Math.cos(0.2 * i));
    private final Forecasts forecasts =
            Handmade.forecasts(windows, (i, horizon, level) -> 2.4 * (level - 0.5) + 0.3 * Math.cos(i));
    private final Evaluation evaluation =
            Evaluation.of(forecasts, RandomWalk.fit(past), StepErrors.of(past), new AsymmetricCost(2, 1));
    private final HorizonScore one = evaluation.horizons().getFirst();
    private final HorizonScore four = evaluation.horizons().getLast();

    @Test
    void mediansAtTheLastPriceForetellNoDirection() {
        Forecasts silent = Handmade.forecasts(windows, (i, horizon, level) -> 2.4 * (level - 0.5));

        assertThat(direction(
                        Evaluation.of(silent, RandomWalk.fit(past), StepErrors.of(past), new AsymmetricCost(2, 1))))
                .isEqualTo("| direction right (95 % confidence) | none foretold | none foretold |");
        assertThat(direction(evaluation)).contains(" | 63.3 % (50.7 to 74.4) | ");
    }

    private static String direction(Evaluation evaluation) {
        return MetricsTable.markdown(MetricsTable.of(evaluation.horizons()))
                .lines()
                .filter(line -> line.startsWith("| direction"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void weightedQuantileLossAndSkillAgainstBothOpponentsAreNumpys() {
        assertThat(one.wql()).isCloseTo(0.49022720436633554, CLOSE);
        assertThat(one.naiveWql()).isCloseTo(0.562920551344865, CLOSE);
        assertThat(one.skillVsNaive()).isCloseTo(12.913606867764704, within(1e-4));
        assertThat(one.skillVsLastPrice()).isCloseTo(50.97727956336644, within(1e-4));
        assertThat(four.wql()).isCloseTo(0.5266257016536456, CLOSE);
        assertThat(four.naiveWql()).isCloseTo(0.60135739973155, CLOSE);
        assertThat(four.skillVsNaive()).isCloseTo(12.42716862073453, within(1e-4));
    }

    @Test
    void crpsIsInPercentOfThePrice() {
        assertThat(one.crps()).isCloseTo(0.4647713166236367, CLOSE);
        assertThat(four.crps()).isCloseTo(0.817042347609531, CLOSE);
    }

    @Test
    void coverageAndWinklerScoresAreNumpys() {
        assertThat(one.coverage().get("50")).isCloseTo(0.3, CLOSE);
        assertThat(one.coverage().get("80")).isCloseTo(0.48333333333333334, CLOSE);
        assertThat(one.coverage().get("90")).isCloseTo(0.5666666666666667, CLOSE);
        assertThat(one.winkler().get("50")).isCloseTo(2.6587723031640054, CLOSE);
        assertThat(one.winkler().get("80")).isCloseTo(3.3436801970005035, CLOSE);
        assertThat(one.winkler().get("90")).isCloseTo(3.8386432826519, within(1e-5));
    }

    @Test
    void reliabilityIsTheShareBelowEachQuantile() {
        assertThat(four.reliability())
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
                .containsExactly(
                        0.13333333333333333,
                        0.15,
                        0.35,
                        0.5166666666666667,
                        0.6833333333333333,
                        0.7833333333333333,
                        0.8666666666666667);
    }

    @Test
    void maseIsInUnitsOfABarsMeanChangeInTheTrainSlice() {
        assertThat(one.mase()).isCloseTo(0.8714126971181637, CLOSE);
        assertThat(one.lastPriceMase()).isCloseTo(0.948073286190629, CLOSE);
        assertThat(four.mase()).isCloseTo(1.5850312398242143, CLOSE);
    }

    @Test
    void aForecastThatIsTooHighCostsMore() {
        assertThat(one.cost()).isCloseTo(1.2834096129323977, within(1e-5));
        assertThat(one.lastPriceCost()).isCloseTo(1.3966574209431808, within(1e-5));
    }

    @Test
    void directionCountsOverlappingForecastsAsFewer() {
        assertThat(one.direction().accuracy()).isCloseTo(0.6333333333333333, CLOSE);
        assertThat(one.direction().low()).isCloseTo(0.5068300063010303, CLOSE);
        assertThat(one.direction().high()).isCloseTo(0.7437908331277456, CLOSE);
        assertThat(four.direction().accuracy()).isCloseTo(0.4666666666666667, CLOSE);
        assertThat(four.direction().effectiveSamples()).isCloseTo(42.24907606360112, within(1e-4));
        assertThat(four.direction().low()).isCloseTo(0.32539072176844364, CLOSE);
        assertThat(four.direction().high()).isCloseTo(0.6134990073705762, CLOSE);
    }

    @Test
    void whatIsNotKnownIsNotScored() {
        WindowSet holes = Handmade.windows(
                60,
                (i, horizon) -> horizon == 1 && i > 50
                        ? Double.NaN
                        : horizon == 0 ? 1.5 * Math.sin(i + 0.5) : 1.2 * Math.cos(0.7 * i));
        Evaluation partly = Evaluation.of(
                new Forecasts(holes, forecasts.quantiles()),
                RandomWalk.fit(past),
                StepErrors.of(past),
                new AsymmetricCost(2, 1));

        assertThat(partly.horizons().getFirst()).isEqualTo(one);
        assertThat(partly.horizons().getLast().forecasts()).isEqualTo(51);
        assertThat(partly.horizons().getLast().wql()).isFinite();
    }

    @Test
    void theLastPriceHasAWeightedQuantileLossOfOne() {
        Evaluation lastPrice = Evaluation.of(
                Handmade.forecasts(windows, (i, horizon, level) -> 0),
                RandomWalk.fit(past),
                StepErrors.of(past),
                new AsymmetricCost(2, 1));

        assertThat(lastPrice.horizons())
                .allSatisfy(score -> assertThat(score.wql()).isCloseTo(1, CLOSE));
    }

    @Test
    void metricsAreNamedByHorizon() {
        assertThat(evaluation.metrics())
                .containsEntry("wql_1h", one.wql())
                .containsEntry("skill_vs_naive_4h", four.skillVsNaive())
                .containsEntry("coverage_80_4h", four.coverage().get("80"));
    }

    @Test
    void nothingCannotBeEvaluated() {
        WindowSet none = windows.select(new int[0]);

        assertThatThrownBy(() -> Evaluation.of(
                        new Forecasts(none, new float[0]),
                        RandomWalk.fit(past),
                        StepErrors.of(past),
                        new AsymmetricCost(2, 1)))
                .hasMessageContaining("held-out slice has no window");
    }

    @Test
    void costsMustBePositive() {
        assertThatThrownBy(() -> new AsymmetricCost(0, 1))
                .hasMessageContaining("costs must be positive, found over 0.0 and under 1.0");
        assertThat(List.of(new AsymmetricCost(3, 1).of(1, 0), new AsymmetricCost(3, 1).of(0, 1)))
                .containsExactly(3.0, 1.0);
    }
}
