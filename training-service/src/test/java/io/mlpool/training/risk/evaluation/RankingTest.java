package io.mlpool.training.risk.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.model.Horizon;
import io.mlpool.risk.Isotonic;
import io.mlpool.risk.RiskEvent;
import io.mlpool.risk.RiskFeature;
import io.mlpool.risk.RiskRow;
import io.mlpool.training.risk.fit.IsotonicFit;
import io.mlpool.training.risk.fit.VolatilityModel;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Numbers named scikit-learn's are those of scikit-learn 1.9.1. */
class RankingTest {

    private static final double[] SCORES = {0.9, 0.8, 0.8, 0.7, 0.6, 0.5, 0.5, 0.5, 0.4, 0.1};
    private static final boolean[] EVENTS = {true, false, true, false, false, true, false, false, false, true};

    @Test
    void areasAreThoseOfScikitLearnAlsoWithTies() {
        Ranking ranking = new Ranking(SCORES, EVENTS);

        assertThat(ranking.rocArea()).isCloseTo(0.5625, within(1e-12));
        assertThat(ranking.precisionArea()).isCloseTo(0.6104166666666666, within(1e-12));
    }

    @Test
    void liftIsTheShareOfEventsAmongTheHighestScoresAgainstThatAmongAll() {
        assertThat(new Ranking(SCORES, EVENTS).lift(0.1)).isCloseTo(2.5, within(1e-12));
        assertThat(new Ranking(SCORES, EVENTS).lift(0.2)).isCloseTo(1.875, within(1e-12));
        assertThat(new Ranking(new double[10], EVENTS).lift(0.1)).isCloseTo(1, within(1e-12));
        assertThat(new Ranking(new double[10], EVENTS).rocArea()).isEqualTo(0.5);
    }

    @Test
    void volatilityModelIsTheLogisticRegressionOfScikitLearn() {
        double[] volatilities = {0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.12, 0.2, 0.3, 0.4};
        boolean[] events = {false, false, true, false, false, true, false, true, true, false};
        List<RiskSample> samples = new ArrayList<>();
        for (int i = 0; i < events.length; i++) {
            RiskRow row = RiskRow.given("a" + i, Instant.EPOCH, Map.of(RiskFeature.VOLATILITY_30D, volatilities[i]));
            samples.add(new RiskSample(row, events[i]));
        }
        VolatilityModel model = VolatilityModel.fit(new RiskPanel(new RiskEvent(Horizon.of("7d"), 0.3, 0.5), samples));

        assertThat(model.intercept()).isCloseTo(1.05559748, within(1e-5));
        assertThat(model.slope()).isCloseTo(0.58704047, within(1e-5));
    }

    @Test
    void calibrationFindsTheProbabilitiesOfSeededRowsAndTheBaseRateThatItIsFor() {
        Random random = new Random(3);
        List<Double> margins = DoubleStream.generate(() -> 4 * random.nextDouble() - 4)
                .limit(20_000)
                .boxed()
                .toList();
        List<Boolean> events = margins.stream()
                .map(margin -> random.nextDouble() < VolatilityModel.probability(margin))
                .toList();
        double share = events.stream().filter(event -> event).count() / 20_000.0;

        Isotonic same = new IsotonicFit(share, 7).of(margins, events);
        assertThat(same.probability(-3)).isCloseTo(VolatilityModel.probability(-3), within(0.02));
        assertThat(same.probability(-0.5)).isCloseTo(VolatilityModel.probability(-0.5), within(0.03));

        Isotonic rarer = new IsotonicFit(share / 2, 7).of(margins, events);
        double mean = margins.stream().mapToDouble(rarer::probability).average().orElseThrow();
        assertThat(rarer.probability(-0.5)).isLessThan(same.probability(-0.5));
        assertThat(mean).isBetween(share / 2, 0.7 * share);
    }

    @Test
    void calibrationOfAFewRowsSaysNothingIsImpossible() {
        List<Double> margins = List.of(-2.0, -1.0, 0.0, 1.0);
        Isotonic fitted = new IsotonicFit(0.05, 30).of(margins, List.of(false, false, false, true));

        assertThat(fitted.probability(-5)).isPositive();
        assertThat(fitted.probability(5)).isLessThan(0.5);
    }
}
