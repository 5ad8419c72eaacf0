package io.mlpool.training.promotion;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a candidate goes live, with every number that it was decided on.
 *
 * @param promoted whether it becomes the champion
 * @param reason one sentence for people
 * @param championVersion version it was compared with; absent when there was none
 * @param from first close time that counted (inclusive): after both training cut-offs and the purge
 * @param until last close time that counted (inclusive); absent like {@code from} when nothing did
 * @param level that the tests had to reach
 * @param againstNaive the random walk with EWMA volatility, fitted on the candidate's train slice; absent with too few rows
 * @param againstChampion absent when there was none, or nothing to compare on
 */
public record PromotionDecision(
        boolean promoted,
        String reason,
        @Nullable Integer championVersion,
        @Nullable Instant from,
        @Nullable Instant until,
        double level,
        @Nullable Comparison againstNaive,
        @Nullable Comparison againstChampion) {

    public PromotionDecision {
        if (promoted && againstNaive == null) {
            throw new IllegalArgumentException("nothing is promoted without having beaten the naive forecast");
        }
    }

    /** Refuses before any number could be had. */
    public static PromotionDecision refused(String reason, @Nullable Integer championVersion, double level) {
        return new PromotionDecision(false, reason, championVersion, null, null, level, null, null);
    }

    /** Whether it beat the naive forecast and the champion was not proved better: time may tell. */
    public boolean deservesWatching() {
        return !promoted
                && againstNaive != null
                && againstNaive.overall().isBetter(level)
                && againstChampion != null
                && !againstChampion.overall().isWorse(level);
    }

    /** The same numbers, but somebody else went live meanwhile. */
    public PromotionDecision overtaken(String by) {
        return new PromotionDecision(
                false,
                "Not promoted: it won against the champion of then, but meanwhile %s. Train again or promote it by hand."
                        .formatted(by),
                championVersion,
                from,
                until,
                level,
                againstNaive,
                againstChampion);
    }
}
