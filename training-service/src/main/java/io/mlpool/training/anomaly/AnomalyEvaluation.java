package io.mlpool.training.anomaly;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured on candles that came after all that the model was made of. Nobody has labelled them.
 *
 * @param from close time of the first (inclusive)
 * @param until close time of the last (inclusive)
 * @param candles that were scored, all assets together
 * @param alarmsPerWeek findings of each asset in a week
 * @param alarmsOfBudget findings over what the budget allows; 1 is as planned
 * @param stability mean rank correlation of the scores with those of forests of other seeds
 * @param detection share of the injected anomalies that was found, by kind
 * @param naiveDetection the same of the naive detector
 * @param crashes share of the assets with a candle above the threshold in the hours of a known crash of the market, by its name; only those that fell into the time
 */
public record AnomalyEvaluation(
        Instant from,
        Instant until,
        int candles,
        double alarmsPerWeek,
        double alarmsOfBudget,
        double stability,
        Map<String, Double> detection,
        Map<String, Double> naiveDetection,
        Map<String, Double> crashes) {

    /** Under which the share of all kinds together stands. */
    static final String ALL = "all";

    public AnomalyEvaluation {
        detection = Map.copyOf(detection);
        naiveDetection = Map.copyOf(naiveDetection);
        crashes = Map.copyOf(crashes);
    }

    /** By the names under which they stand in the bundle. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("alarms_per_week", alarmsPerWeek);
        metrics.put("alarms_of_budget", alarmsOfBudget);
        metrics.put("stability", stability);
        detection.forEach((kind, rate) -> metrics.put("detection_" + kind, rate));
        naiveDetection.forEach((kind, rate) -> metrics.put("naive_detection_" + kind, rate));
        crashes.forEach((crash, rate) -> metrics.put("crash_" + crash, rate));
        return metrics;
    }
}
