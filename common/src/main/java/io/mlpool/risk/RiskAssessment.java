package io.mlpool.risk;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of a row.
 *
 * @param margin log odds before calibration
 * @param base what the margin would be if nothing were known: {@code base} and the contributions sum to {@code margin}
 * @param contributions of each feature of the model to the margin, in log odds; above 0 raises the risk
 * @param probability calibrated, 0 to 1; caps do not change it
 * @param score 0 to 100, see {@link RiskDefinition#score}; at least the floor of {@code cappedBy}
 * @param cappedBy what raised the score above what the probability says; null when nothing did
 */
public record RiskAssessment(
        RiskRow row,
        double margin,
        double base,
        Map<RiskFeature, Double> contributions,
        double probability,
        double score,
        @Nullable FatalFactor cappedBy) {

    public RiskAssessment {
        contributions = Collections.unmodifiableMap(new EnumMap<>(contributions));
        if (!(probability >= 0 && probability <= 1) || !(score >= 0 && score <= 100)) {
            throw new IllegalArgumentException(
                    "probability and score must lie within 0 to 1 and 0 to 100, found %s and %s"
                            .formatted(probability, score));
        }
    }

    /** Contributions summed by factor; with {@code base} they too sum to the margin. */
    public Map<RiskFactor, Double> factors() {
        Map<RiskFactor, Double> factors = new EnumMap<>(RiskFactor.class);
        contributions.forEach((feature, share) -> factors.merge(feature.factor(), share, Double::sum));
        return factors;
    }
}
