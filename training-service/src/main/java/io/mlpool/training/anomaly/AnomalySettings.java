package io.mlpool.training.anomaly;

import io.mlpool.anomaly.AlarmBudget;
import io.mlpool.anomaly.IsolationForest;

/**
 * How models that find anomalies are made and judged.
 *
 * @param calibration share of the time that the threshold is set on
 * @param heldOut share of the time, after that, that the model is judged on
 * @param injected anomalies of each kind that are put into the held-out candles
 * @param rules when a candidate goes live
 */
public record AnomalySettings(
        AlarmBudget budget,
        IsolationForest.Settings forest,
        double calibration,
        double heldOut,
        int injected,
        Rules rules) {

    public AnomalySettings {
        if (!(calibration > 0 && heldOut > 0 && calibration + heldOut < 0.9)) {
            throw new IllegalArgumentException(
                    "calibration and held_out must be positive and leave a tenth to learn from, found %s and %s"
                            .formatted(calibration, heldOut));
        }
        if (injected < 1) {
            throw new IllegalArgumentException("injected must be positive, found " + injected);
        }
    }

    /**
     * When a candidate goes live.
     *
     * @param fewestAlarms findings over the budget, at least
     * @param mostAlarms findings over the budget, at most
     * @param margin share of the injected anomalies that it may miss and the champion finds, beyond doubt
     * @param level of the one-sided tests
     * @param fewestCandles held-out candles without which nothing is decided
     */
    public record Rules(double fewestAlarms, double mostAlarms, double margin, double level, int fewestCandles) {

        public static final Rules USUAL = new Rules(0.25, 2, 0.02, 0.05, 1_000);

        public Rules {
            if (!(fewestAlarms >= 0 && fewestAlarms < 1 && mostAlarms > 1)) {
                throw new IllegalArgumentException("1 must lie between fewest_alarms and most_alarms, found %s and %s"
                        .formatted(fewestAlarms, mostAlarms));
            }
            if (!(margin >= 0 && margin < 1 && level > 0 && level < 0.5)) {
                throw new IllegalArgumentException(
                        "margin must lie between 0 and 1, level between 0 and 0.5, found %s and %s"
                                .formatted(margin, level));
            }
        }
    }
}
