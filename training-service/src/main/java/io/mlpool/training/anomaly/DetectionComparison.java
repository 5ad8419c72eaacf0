package io.mlpool.training.anomaly;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Two detectors on the same injected anomalies, each with a threshold set on the same candles for the same budget.
 *
 * @param opponent whom the candidate was compared with
 * @param candidateRate share that the candidate found
 * @param opponentRate share that the opponent found
 * @param onlyCandidate how many only the candidate found
 * @param onlyOpponent how many only the opponent found
 * @param difference of the shares
 * @param least lower bound of the difference at the level of the test, one-sided, of paired shares
 */
public record DetectionComparison(
        String opponent,
        double candidateRate,
        double opponentRate,
        int onlyCandidate,
        int onlyOpponent,
        double difference,
        double least) {

    static DetectionComparison of(String opponentName, boolean[] candidate, boolean[] opponent, double level) {
        int onlyCandidate = 0;
        int onlyOpponent = 0;
        for (int i = 0; i < candidate.length; i++) {
            onlyCandidate += candidate[i] && !opponent[i] ? 1 : 0;
            onlyOpponent += opponent[i] && !candidate[i] ? 1 : 0;
        }
        double n = candidate.length;
        double difference = (onlyCandidate - onlyOpponent) / n;
        double error = Math.sqrt((onlyCandidate + onlyOpponent) / n - difference * difference) / Math.sqrt(n);
        double quantile = NormalDistribution.of(0, 1).inverseCumulativeProbability(1 - level);
        return new DetectionComparison(
                opponentName,
                InjectedAnomalies.rate(candidate),
                InjectedAnomalies.rate(opponent),
                onlyCandidate,
                onlyOpponent,
                difference,
                difference - quantile * error);
    }
}
