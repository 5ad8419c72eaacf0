package io.mlpool.serving.alert.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Rules as the database keeps them: as they were sent, without what stands for itself. */
final class RuleJson {

    private RuleJson() {}

    record Definition(
            JsonNode condition,
            @Nullable List<String> assets,
            @Nullable Span holdsFor,
            @Nullable Severity severity,
            @Nullable Map<String, String> labels,
            @Nullable Boolean enabled) {

        Rule rule(String name) {
            return new Rule(
                    name,
                    Conditions.read(condition),
                    assets == null ? List.of() : assets,
                    holdsFor == null ? Duration.ZERO : holdsFor.duration(),
                    severity == null ? Severity.WARNING : severity,
                    labels == null ? Map.of() : labels,
                    enabled == null || enabled);
        }
    }

    static String write(Rule rule) {
        return Conditions.JSON.writeValueAsString(new Definition(
                Conditions.json(rule.condition()),
                rule.assets().isEmpty() ? null : rule.assets(),
                rule.holdsFor().isZero() ? null : new Span(rule.holdsFor()),
                rule.severity(),
                rule.labels().isEmpty() ? null : rule.labels(),
                rule.enabled() ? null : false));
    }

    static Definition read(String text) {
        return Conditions.JSON.readValue(text, Definition.class);
    }
}
