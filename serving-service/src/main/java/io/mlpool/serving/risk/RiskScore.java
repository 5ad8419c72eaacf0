package io.mlpool.serving.risk;

import io.mlpool.risk.RiskAssessment;
import io.mlpool.risk.RiskFactor;
import io.mlpool.risk.RiskFeature;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a version said of an asset at a time.
 *
 * @param protocol slug of the protocol whose token it is
 * @param asOf nothing that was known later is in it
 * @param probability calibrated, 0 to 1
 * @param score 0 to 100
 * @param cappedBy label of the fatal factor that raised the score above what the probability says
 * @param margin log odds before calibration
 * @param base what the margin would be if nothing were known
 * @param factors contribution of each factor to the margin, by its label; with the base they sum to it
 * @param features what went in, by label; what was not known is absent
 */
record RiskScore(
        Model model,
        String asset,
        @Nullable String protocol,
        Instant asOf,
        double probability,
        double score,
        @Nullable String cappedBy,
        double margin,
        double base,
        Map<String, Double> factors,
        Map<String, Double> features) {

    /**
     * Who said it.
     *
     * @param variant alias under which the version was live
     */
    record Model(String name, int version, String variant, String runId) {

        static Model of(LiveRiskModel live) {
            return new Model(
                    live.slot().model(),
                    live.version().version(),
                    live.slot().alias().label(),
                    live.version().runId());
        }
    }

    static RiskScore of(Model model, RiskAssessment said) {
        Map<String, Double> factors = new LinkedHashMap<>();
        said.factors().forEach((RiskFactor factor, Double share) -> factors.put(factor.label(), share));
        Map<String, Double> features = new LinkedHashMap<>();
        said.row().known().forEach((RiskFeature feature, Double value) -> features.put(feature.label(), value));
        return new RiskScore(
                model,
                said.row().asset(),
                said.row().protocol(),
                said.row().asOf(),
                said.probability(),
                said.score(),
                said.cappedBy() == null ? null : said.cappedBy().label(),
                said.margin(),
                said.base(),
                factors,
                features);
    }
}
