package io.mlpool.training.risk;

import io.mlpool.statistics.HacMean;
import io.mlpool.training.risk.evaluation.RiskAnswers;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskSample;
import java.time.Instant;
import java.util.TreeMap;

/**
 * Two answers to the same rows: the test of Diebold and Mariano (1995) on the difference of their Brier scores, mean over the assets of each
 * day, with the corrections of {@link HacMean} for outcomes that overlap.
 *
 * @param opponent whom the candidate was compared with
 * @param candidateLoss mean Brier score over the days
 * @param opponentLoss the same of the opponent
 * @param improvement how much lower the candidate's is, in percent
 * @param probability of a difference so much in the candidate's favour, or more, between equally good models
 * @param times days on which both answered
 * @param lag up to which autocovariances count
 */
public record RiskComparison(
        String opponent,
        double candidateLoss,
        double opponentLoss,
        double improvement,
        double probability,
        int times,
        int lag) {

    static RiskComparison of(RiskPanel judged, RiskAnswers candidate, RiskAnswers opponent) {
        double[] own = daily(judged, candidate);
        double[] others = daily(judged, opponent);
        double[] differences = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            differences[i] = own[i] - others[i];
        }
        HacMean difference = HacMean.of(differences, judged.event().days());
        double loss = HacMean.of(own, 1).mean();
        double other = loss - difference.mean();
        return new RiskComparison(
                opponent.by(),
                loss,
                other,
                other > 0 ? -100 * difference.mean() / other : 0,
                difference.probabilityBelow(),
                difference.count(),
                difference.lag());
    }

    boolean isBetter(double level) {
        return probability < level;
    }

    boolean isWorse(double level) {
        return probability > 1 - level;
    }

    private static double[] daily(RiskPanel judged, RiskAnswers answers) {
        TreeMap<Instant, double[]> sums = new TreeMap<>();
        for (int i = 0; i < judged.size(); i++) {
            RiskSample sample = judged.samples().get(i);
            double[] sum = sums.computeIfAbsent(sample.asOf(), day -> new double[2]);
            sum[0] += answers.brier(i, sample.event());
            sum[1]++;
        }
        return sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).toArray();
    }
}
