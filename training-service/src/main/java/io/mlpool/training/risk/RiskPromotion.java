package io.mlpool.training.risk;

import io.mlpool.model.BrokenBundleException;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.risk.RiskBundle;
import io.mlpool.risk.RiskDefinition;
import io.mlpool.risk.RiskModel;
import io.mlpool.training.risk.evaluation.RiskAnswers;
import io.mlpool.training.risk.panel.RiskPanel;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a run does to the registry. */
final class RiskPromotion {

    private final ModelRegistry registry;
    private final String model;

    RiskPromotion(ModelRegistry registry, String model) {
        this.registry = registry;
        this.model = model;
    }

    Optional<ModelVersion> registered(String runId) {
        return registry.ofRun(model, runId);
    }

    /** Where nothing is live yet, volatility alone goes live: it is honest, and whoever comes later must beat it. */
    void crownSimple(Supplier<RiskBundle> simple) {
        if (registry.target(model, Alias.CHAMPION).isEmpty()) {
            ModelVersion version = registry.register(
                    simple.get().bundle(),
                    Map.of("algorithm", "naive", "decision", "Promoted: there was no model of this risk at all."));
            registry.replace(model, Alias.CHAMPION, null, version.version());
        }
    }

    /**
     * The champion's answers; empty when there is none.
     *
     * @param candidate what the candidate is about
     * @throws BrokenBundleException when it cannot be read, tells of another event, or sees other rows than these
     */
    Optional<RiskGate.Champion> champion(RiskPanel judged, RiskDefinition candidate) {
        return registry.target(model, Alias.CHAMPION).map(version -> champion(version, judged, candidate));
    }

    private RiskGate.Champion champion(int version, RiskPanel judged, RiskDefinition candidate) {
        RiskBundle bundle = RiskBundle.of(registry.fetch(registry.find(model, version)
                .orElseThrow(() -> new BrokenBundleException("the registry holds no version %d".formatted(version)))));
        requireTheSame("tells of another event", RiskDefinition::event, bundle, candidate);
        requireTheSame("sees other candles", RiskDefinition::interval, bundle, candidate);
        requireTheSame("sees another market", RiskDefinition::market, bundle, candidate);
        try (RiskModel champion = bundle.load()) {
            return new RiskGate.Champion(
                    version,
                    bundle.manifest().provenance().trainedUntil(),
                    RiskAnswers.of("champion version " + version, champion, judged.rows()));
        }
    }

    private static void requireTheSame(
            String difference, Function<RiskDefinition, Object> part, RiskBundle champion, RiskDefinition candidate) {
        Object found = part.apply(champion.manifest().definition());
        if (!found.equals(part.apply(candidate))) {
            throw new BrokenBundleException("it %s: %s".formatted(difference, found));
        }
    }

    ModelVersion register(RiskBundle bundle, RiskDecision decision) {
        return registry.register(
                bundle.bundle(),
                Map.of(
                        "algorithm", bundle.manifest().algorithm().label(),
                        "data_version", bundle.manifest().provenance().dataVersion(),
                        "promoted", Boolean.toString(decision.promoted()),
                        "decision", decision.reason()));
    }

    /** Points the aliases; another champion than the one that was beaten stays. */
    RiskDecision carryOut(RiskDecision decision, ModelVersion version) {
        Integer live = registry.target(model, Alias.CHAMPION).orElse(null);
        if (live != null && live == version.version()) {
            return decision;
        }
        if (!decision.promoted()) {
            if (decision.deservesWatching()) {
                registry.assign(model, Alias.CHALLENGER, version.version());
            }
            return decision;
        }
        if (live != null && !live.equals(decision.championVersion())) {
            return decision.overtaken(live);
        }
        // In this order a kill between the two is made good by the next execution, which finds the champion unchanged.
        Optional<Integer> challenger = registry.target(model, Alias.CHALLENGER);
        registry.unassign(model, Alias.CHALLENGER);
        if (registry.replace(model, Alias.CHAMPION, live, version.version())) {
            return decision;
        }
        challenger.ifPresent(still -> registry.assign(model, Alias.CHALLENGER, still));
        return registry.target(model, Alias.CHAMPION)
                .filter(now -> now != version.version())
                .map(decision::overtaken)
                .orElse(decision);
    }
}
