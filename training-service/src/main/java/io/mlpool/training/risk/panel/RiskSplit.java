package io.mlpool.training.risk.panel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A panel in two by time: what was made of the first is judged on the second. All that came of the first rows was known before the second
 * ones begin, so no outcome reaches across.
 *
 * @param fitted rows that a model is made of
 * @param judged rows that say how good it is
 */
public record RiskSplit(RiskPanel fitted, RiskPanel judged) {

    public RiskSplit {
        if (!fitted.isEmpty() && !judged.isEmpty() && fitted.knownBy().isAfter(judged.first())) {
            throw new IllegalArgumentException(
                    "what came of the rows must be known before others are judged, found %s and %s"
                            .formatted(fitted.knownBy(), judged.first()));
        }
    }

    /**
     * The newest rows judge.
     *
     * @param judged their share
     */
    public static RiskSplit of(RiskPanel panel, double judged) {
        return between(panel, at(panel, 1 - judged), panel.knownBy());
    }

    /**
     * Growing pasts, each judged on what came next (walk forward). Together they judge all rows after the first part once, each by what was
     * made without it; splits without an event to learn from are left out.
     *
     * @param first share of the rows that the first one learns from
     */
    public static List<RiskSplit> walkForward(RiskPanel panel, int count, double first) {
        List<RiskSplit> splits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant from = at(panel, first + i * (1 - first) / count);
            Instant to = i + 1 == count ? panel.knownBy() : at(panel, first + (i + 1) * (1 - first) / count);
            RiskSplit split = between(panel, from, to);
            if (split.fitted().eventCount() > 0 && !split.judged().isEmpty()) {
                splits.add(split);
            }
        }
        return splits;
    }

    private static RiskSplit between(RiskPanel panel, Instant from, Instant knownBy) {
        return new RiskSplit(panel.between(Instant.MIN, from), panel.between(from, knownBy));
    }

    private static Instant at(RiskPanel panel, double share) {
        return panel.samples()
                .get(Math.min(panel.size() - 1, (int) (share * panel.size())))
                .asOf();
    }
}
