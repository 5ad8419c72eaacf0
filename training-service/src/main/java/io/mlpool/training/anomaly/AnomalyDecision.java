package io.mlpool.training.anomaly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a candidate goes live, with every number that it was decided on.
 *
 * @param promoted whether it becomes the champion
 * @param reason one sentence for people
 * @param championVersion version it was compared with; absent when there was none
 * @param from first close time that counted (inclusive), after both trainings
 * @param until last close time that counted (inclusive)
 * @param alarmsOfBudget findings over what the budget allows
 * @param againstNaive absent when there was too little to decide on
 * @param againstChampion absent when there was none, or nothing to compare on
 */
public record AnomalyDecision(
        boolean promoted,
        String reason,
        @Nullable Integer championVersion,
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable Double alarmsOfBudget,
        @Nullable DetectionComparison againstNaive,
        @Nullable DetectionComparison againstChampion) {

    public AnomalyDecision {
        if (promoted && againstNaive == null) {
            throw new IllegalArgumentException("nothing is promoted without having beaten the naive detector");
        }
    }

    static AnomalyDecision refused(String reason, @Nullable Integer championVersion) {
        return new AnomalyDecision(false, reason, championVersion, null, null, null, null, null);
    }

    /** The same numbers, but somebody else went live meanwhile. */
    AnomalyDecision overtaken(int version) {
        return new AnomalyDecision(
                false,
                "Not promoted: it won against the champion of then, but meanwhile version %d became the champion. Train again or promote it by hand."
                        .formatted(version),
                championVersion,
                from,
                until,
                alarmsOfBudget,
                againstNaive,
                againstChampion);
    }
}
