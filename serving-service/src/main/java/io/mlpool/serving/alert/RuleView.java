package io.mlpool.serving.alert;

import io.mlpool.serving.alert.rule.Conditions;
import io.mlpool.serving.alert.rule.Rule;
import io.mlpool.serving.alert.rule.RuleStore;
import io.mlpool.serving.alert.rule.Severity;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A rule as it is answered. */
record RuleView(
        String name,
        @Schema(implementation = Object.class) JsonNode condition,
        List<String> assets,
        long holdsForSeconds,
        @Schema(type = "string") Severity severity,
        Map<String, String> labels,
        boolean enabled,
        boolean shipped,
        Instant createdAt,
        Instant changedAt) {

    static RuleView of(RuleStore.Kept kept) {
        Rule rule = kept.rule();
        return new RuleView(
                rule.name(),
                Conditions.json(rule.condition()),
                rule.assets(),
                rule.holdsFor().toSeconds(),
                rule.severity(),
                rule.labels(),
                rule.enabled(),
                kept.shipped(),
                kept.createdAt(),
                kept.changedAt());
    }
}
