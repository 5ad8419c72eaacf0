package io.mlpool.training.risk.evaluation;

import java.util.Map;
import java.util.stream.IntStream;

/**
 * How good answers are. See docs/risk.md for what each figure means.
 *
 * @param by who answered
 * @param rocArea area under the ROC curve; NaN where no row or every row has the event
 * @param precisionArea average precision
 * @param brier mean square of the error
 * @param brierSkill how much smaller that is than the base rate's, 1 at best, below 0 when worse
 * @param logLoss mean negative log of the probability of what happened
 * @param lift5 share of events among the 5 % with the highest scores against their share among all
 * @param lift10 the same for 10 %
 */
public record RiskFigures(
        String by,
        double rocArea,
        double precisionArea,
        double brier,
        double brierSkill,
        double logLoss,
        double lift5,
        double lift10) {

    static RiskFigures of(RiskAnswers answers, RiskAnswers baseRate, boolean[] events) {
        Ranking ranking = new Ranking(answers.ranks(), events);
        double brier = brier(answers, events);
        return new RiskFigures(
                answers.by(),
                ranking.rocArea(),
                ranking.precisionArea(),
                brier,
                1 - brier / brier(baseRate, events),
                logLoss(answers.probabilities(), events),
                ranking.lift(0.05),
                ranking.lift(0.1));
    }

    Map<String, Double> metrics(String prefix) {
        return Map.of(
                prefix + "roc_auc", rocArea,
                prefix + "pr_auc", precisionArea,
                prefix + "brier", brier,
                prefix + "brier_skill", brierSkill,
                prefix + "log_loss", logLoss,
                prefix + "lift_5", lift5,
                prefix + "lift_10", lift10);
    }

    private static double brier(RiskAnswers answers, boolean[] events) {
        return IntStream.range(0, events.length)
                .mapToDouble(i -> answers.brier(i, events[i]))
                .average()
                .orElse(Double.NaN);
    }

    private static double logLoss(double[] probabilities, boolean[] events) {
        return IntStream.range(0, events.length)
                .mapToDouble(i -> -Math.log(events[i] ? probabilities[i] : 1 - probabilities[i]))
                .average()
                .orElse(Double.NaN);
    }
}
