package io.mlpool.training.anomaly;

import io.mlpool.anomaly.AnomalyBundle;
import io.mlpool.anomaly.AnomalyManifest;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What a run does to the registry. The decision stands whole in a tag, so that a killed run can carry it out. */
record AnomalyRegistration(ModelRegistry registry, String model) {

    private static final String NUMBERS = "decision_numbers";
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** The version that a run made, when it got that far before. */
    Optional<ModelVersion> registered(String runId) {
        return registry.ofRun(model, runId);
    }

    Optional<ModelVersion> champion() {
        return registry.find(model, Alias.CHAMPION);
    }

    ModelVersion register(AnomalyBundle bundle, AnomalyDecision decision) {
        AnomalyManifest manifest = bundle.manifest();
        Map<String, String> tags = new TreeMap<>();
        tags.put("algorithm", manifest.algorithm().label());
        tags.put("data_version", manifest.provenance().dataVersion());
        tags.put("promoted", Boolean.toString(decision.promoted()));
        tags.put("decision", decision.reason());
        tags.put(NUMBERS, JSON.writeValueAsString(decision));
        return registry.register(bundle.bundle(), tags);
    }

    /** Points the alias to a promoted version, unless another champion than the one it beat is live by now. */
    AnomalyDecision carryOut(ModelVersion version) {
        AnomalyDecision decision = JSON.readValue(version.tags().get(NUMBERS), AnomalyDecision.class);
        Optional<Integer> live = registry.target(model, Alias.CHAMPION);
        if (!decision.promoted() || live.equals(Optional.of(version.version()))) {
            return decision;
        }
        if (!live.equals(Optional.ofNullable(decision.championVersion()))) {
            return live.map(decision::overtaken).orElse(decision);
        }
        if (registry.replace(model, Alias.CHAMPION, live.orElse(null), version.version())) {
            return decision;
        }
        return registry.target(model, Alias.CHAMPION)
                .filter(now -> now != version.version())
                .map(decision::overtaken)
                .orElse(decision);
    }
}
