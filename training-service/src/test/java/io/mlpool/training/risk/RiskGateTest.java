package io.mlpool.training.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.mlpool.model.Horizon;
import io.mlpool.risk.RiskEvent;
import io.mlpool.risk.RiskRow;
import io.mlpool.training.promotion.GateRules;
import io.mlpool.training.risk.evaluation.RiskAnswers;
import io.mlpool.training.risk.evaluation.RiskEvaluation;
import io.mlpool.training.risk.evaluation.Spread;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Four assets on 400 days; an event comes with a probability that is drawn anew each day and each asset. */
class RiskGateTest {

    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");
    private static final int ROWS = 1_600;
    private static final double[] TRUE = new double[ROWS];
    private static final RiskPanel PANEL = panel();
    private static final RiskAnswers BASE = RiskAnswers.baseRate(0.25, ROWS);
    private static final RiskAnswers GOOD = new RiskAnswers("candidate", TRUE, TRUE);
    private static final RiskAnswers POOR = blurred(0.5, "volatility alone");

    private final RiskGate gate = new RiskGate(new GateRules(0.05, 100, 5));

    @Test
    void candidateThatIsProvedBetterThanAllIsPromoted() {
        RiskDecision decision = gate.decide(PANEL, START, GOOD, List.of(BASE, POOR), champion(POOR, START));

        assertThat(decision.promoted()).isTrue();
        assertThat(decision.comparisons()).hasSize(3);
        assertThat(decision.reason()).startsWith("Promoted: its Brier score is");
        assertThat(decision.championVersion()).isEqualTo(7);
    }

    @Test
    void candidateThatDoesNotBeatVolatilityAloneOrTheChampionIsNot() {
        RiskDecision unbeaten = gate.decide(PANEL, START, POOR, List.of(BASE, GOOD), Optional.empty());
        assertThat(unbeaten.promoted()).isFalse();
        assertThat(unbeaten.reason()).contains("higher than that of candidate over 400 days");

        RiskDecision same = gate.decide(PANEL, START, GOOD, List.of(BASE, POOR), champion(GOOD, START));
        assertThat(same.promoted()).isFalse();
        assertThat(same.deservesWatching()).isTrue();
    }

    @Test
    void onlyRowsAfterAllThatBothModelsSawCount() {
        Instant late = START.plus(Duration.ofDays(350));
        RiskDecision decision = gate.decide(PANEL, START, GOOD, List.of(BASE, POOR), champion(POOR, late));

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).contains("only 50 days after " + late);
    }

    @Test
    void intervalOfADifferenceHoldsItAndDoesNotDependOnAnythingButTheSeed() {
        RiskEvaluation first = RiskEvaluation.of(List.of(PANEL), GOOD, POOR, BASE, 1);
        RiskEvaluation again = RiskEvaluation.of(List.of(PANEL), GOOD, POOR, BASE, 1);

        assertThat(first).isEqualTo(again);
        Spread spread = first.rocGainSpread();
        assertThat(spread).isNotNull();
        assertThat(first.rocGain()).isBetween(spread.low(), spread.high());
        assertThat(spread.low()).isPositive();
        assertThat(first.reliability().error()).isLessThan(0.03);
        assertThat(first.metrics()).containsKeys("roc_auc", "volatility_brier", "base_rate_brier", "lift_5");
    }

    private static Optional<RiskGate.Champion> champion(RiskAnswers answers, Instant trainedUntil) {
        return Optional.of(new RiskGate.Champion(7, trainedUntil, answers));
    }

    private static RiskAnswers blurred(double share, String by) {
        double[] said = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            said[i] = share * TRUE[i] + (1 - share) * new Random(i).nextDouble() / 2;
        }
        return new RiskAnswers(by, said, said);
    }

    private static RiskPanel panel() {
        Random random = new Random(9);
        List<RiskSample> samples = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            TRUE[i] = random.nextDouble() * random.nextDouble();
            RiskRow row = RiskRow.given("asset-" + i % 4, START.plus(Duration.ofDays(i / 4)), Map.of());
            samples.add(new RiskSample(row, random.nextDouble() < TRUE[i]));
        }
        return new RiskPanel(new RiskEvent(Horizon.of("7d"), 0.3, 0.5), samples);
    }
}
