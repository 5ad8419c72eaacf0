package io.mlpool.training.pipeline;

import io.mlpool.model.ForecastBundle;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.training.promotion.PromotionDecision;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a run does to the registry. */
final class Promotion {

    private final ModelRegistry registry;
    private final String model;
    private final LiveRecord live;

    Promotion(ModelRegistry registry, String model, LiveRecord live) {
        this.registry = registry;
        this.model = model;
        this.live = live;
    }

    /** The version that a run made, when it got that far before. */
    Optional<ModelVersion> registered(String runId) {
        return registry.ofRun(model, runId);
    }

    /** The champion that a run is to be fine-tuned from. */
    @Nullable Integer parent(TrainingSpec spec) {
        return spec.fineTune() ? registry.target(model, Alias.CHAMPION).orElse(null) : null;
    }

    Optional<ForecastBundle> bundle(@Nullable Integer version) {
        return Optional.ofNullable(version)
                .flatMap(number -> registry.find(model, number))
                .map(registry::fetch)
                .map(ForecastBundle::of);
    }

    /** Where nothing is live yet, the naive forecast goes live: it is honest, and whoever comes later must beat it. */
    void crownNaive(Supplier<ForecastBundle> naive) {
        if (registry.target(model, Alias.CHAMPION).isEmpty()) {
            ModelVersion version = registry.register(
                    naive.get().bundle(),
                    Map.of("algorithm", "naive", "decision", "Promoted: there was no forecast at all."));
            registry.replace(model, Alias.CHAMPION, null, version.version());
        }
    }

    ModelVersion register(ForecastBundle bundle, PromotionDecision decision) {
        Map<String, String> tags = new TreeMap<>();
        tags.put("algorithm", bundle.manifest().algorithm().label());
        tags.put("data_version", bundle.manifest().provenance().dataVersion());
        tags.put("promoted", Boolean.toString(decision.promoted()));
        tags.put("decision", decision.reason());
        if (decision.againstNaive() != null) {
            tags.put(
                    "p_against_naive",
                    Double.toString(decision.againstNaive().overall().probability()));
        }
        if (decision.againstChampion() != null) {
            tags.put(
                    "p_against_champion",
                    Double.toString(decision.againstChampion().overall().probability()));
        }
        return registry.register(bundle.bundle(), tags);
    }

    /**
     * Points the aliases: to a promoted version as the champion, unless another champion than the one it beat is live by now; to
     * one that did neither win nor lose as the challenger, so that it is watched, unless the challenger of now is in an experiment,
     * which would end without result. A version that was rolled back
     * is not promoted again by an execution that finds the champion of before.
     */
    PromotionDecision carryOut(PromotionDecision decision, ModelVersion version) {
        if (!decision.promoted()) {
            if (decision.deservesWatching() && !live.compared().test(model)) {
                registry.assign(model, Alias.CHALLENGER, version.version());
            }
            return decision;
        }
        Integer champion = registry.target(model, Alias.CHAMPION).orElse(null);
        if (champion != null && champion == version.version()) {
            return decision;
        }
        if (champion != null && !champion.equals(decision.championVersion())) {
            return overtaken(decision, champion);
        }
        if (live.rolledBack().test(model, version.version())) {
            return decision.overtaken("it was live, proved worse than the version before and rolled back");
        }
        // In this order a kill between the two is made good by the next execution, which finds the champion unchanged.
        registry.unassign(model, Alias.CHALLENGER);
        if (registry.replace(model, Alias.CHAMPION, champion, version.version())) {
            return decision;
        }
        Integer now = registry.target(model, Alias.CHAMPION).orElse(null);
        return now != null && now == version.version() ? decision : overtaken(decision, now);
    }

    private static PromotionDecision overtaken(PromotionDecision decision, @Nullable Integer champion) {
        return decision.overtaken(
                champion == null
                        ? "the champion was taken away"
                        : "version %d became the champion".formatted(champion));
    }
}
