package io.mlpool.risk;

import io.mlpool.model.Algorithm;
import io.mlpool.model.BundleHeader;
import io.mlpool.model.Provenance;
import java.util.Map;

/**
 * {@code bundle.json} of a model of risk: everything about it but its trees.
 *
 * @param model registered name: {@code risk-7d}
 * @param metrics what the evaluation measured, by name
 */
public record RiskManifest(
        int format,
        String model,
        Algorithm algorithm,
        RiskDefinition definition,
        Provenance provenance,
        Map<String, Double> metrics) {

    public RiskManifest {
        BundleHeader.requireFormat(format);
        metrics = Map.copyOf(metrics);
    }

    /** Of boosted trees, in the layout of this build. */
    public static RiskManifest of(
            String model, RiskDefinition definition, Provenance provenance, Map<String, Double> metrics) {
        return new RiskManifest(BundleHeader.FORMAT, model, Algorithm.XGBOOST, definition, provenance, metrics);
    }
}
