package io.mlpool.training.risk;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a candidate goes live, with every number that it was decided on.
 *
 * @param promoted whether it becomes the champion
 * @param reason one sentence for people
 * @param championVersion version it was compared with; absent when there was none
 * @param from as-of time of the first row that counted (inclusive): all that both models saw was known by then; absent when none did
 * @param until as-of time of the last one (inclusive)
 * @param level that the tests had to reach
 * @param comparisons with the base rate, volatility alone and the champion, where there is one
 */
public record RiskDecision(
        boolean promoted,
        String reason,
        @Nullable Integer championVersion,
        @Nullable Instant from,
        @Nullable Instant until,
        double level,
        List<RiskComparison> comparisons) {

    public RiskDecision {
        comparisons = List.copyOf(comparisons);
        if (promoted && comparisons.size() < 2) {
            throw new IllegalArgumentException("nothing is promoted without having beaten base rate and volatility");
        }
    }

    /** The same numbers, but somebody else went live meanwhile. */
    RiskDecision overtaken(int by) {
        return new RiskDecision(
                false,
                "Not promoted: it won against the champion of then, but meanwhile version %d became the champion. Train again or promote it by hand."
                        .formatted(by),
                championVersion,
                from,
                until,
                level,
                comparisons);
    }

    /** Whether nobody was proved better, though it was not proved better than all: time may tell. */
    boolean deservesWatching() {
        return !promoted
                && !comparisons.isEmpty()
                && comparisons.stream().noneMatch(comparison -> comparison.isWorse(level));
    }
}
