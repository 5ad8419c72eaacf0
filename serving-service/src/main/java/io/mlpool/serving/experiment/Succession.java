package io.mlpool.serving.experiment;

import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ForecastManifest;
import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees when another version is the champion, and begins a watch when the gate promoted it: the version before goes on forecasting in the challenger's
 * place, and comes back when it is proved better, or the new one is plainly broken. What people decided is not watched: a version that was promoted by
 * hand without the gate, one that is older than the one before, one that an experiment promoted or that was rolled back and promoted again, and none
 * while they compare others.
 */
final class Succession {

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final Supplier<List<ModelVersion>> live;
    private final ChampionStore champions;
    private final ExperimentStore experiments;
    private final ModelRegistry registry;
    private final RollbackProperties properties;
    private final Clock clock;

    /** @param live the champions that forecast here; the registry is only asked when they are others than before, for it may be away */
    Succession(
            Supplier<List<ModelVersion>> live,
            ChampionStore champions,
            ExperimentStore experiments,
            ModelRegistry registry,
            RollbackProperties properties,
            Clock clock) {
        this.live = live;
        this.champions = champions;
        this.experiments = experiments;
        this.registry = registry;
        this.properties = properties;
        this.clock = clock;
    }

    /** Looks at all models. Whoever does it, however often; one that dies on the way is followed by another one that does the rest. */
    void run() {
        for (ModelVersion champion : live.get()) {
            String model = champion.model();
            int version = champion.version();
            Optional<Integer> before = champions.of(model);
            if (before.isEmpty()) {
                champions.keep(model, version, clock.instant());
            } else if (before.get() != version && isChampion(champion) && !isToEnd(model, version)) {
                succeed(before.get(), champion);
                champions.keep(model, version, clock.instant());
            }
        }
    }

    /** What is live here may lag behind. */
    private boolean isChampion(ModelVersion version) {
        return registry.target(version.model(), Alias.CHAMPION)
                .filter(target -> target == version.version())
                .isPresent();
    }

    /** What an experiment compares is over, as its next look will find. */
    private boolean isToEnd(String model, int champion) {
        return experiments
                .ofModel(model)
                .filter(one -> one.control() != champion)
                .isPresent();
    }

    private void succeed(int before, ModelVersion champion) {
        String model = champion.model();
        String id = "watch-%s-%d-%d".formatted(model, champion.version(), before);
        boolean free =
                experiments.ofModel(model).isEmpty() && experiments.find(id).isEmpty();
        if (free && properties.enabled() && isNews(before, champion)) {
            watch(id, before, champion);
        }
    }

    private boolean isNews(int before, ModelVersion champion) {
        return champion.version() > before
                && "true".equals(champion.tags().get("promoted"))
                && !experiments.isDecided(champion.model(), champion.version());
    }

    private void watch(String id, int before, ModelVersion champion) {
        String model = champion.model();
        int version = champion.version();
        try {
            Optional<Pair> pair = Pair.of(model, version, manifest(champion), before, manifest(require(model, before)));
            if (pair.isPresent()) {
                registry.assign(model, Alias.CHALLENGER, before);
                experiments.begin(Experiment.begin(
                        id,
                        Kind.WATCH,
                        pair.get(),
                        properties.terms(),
                        "is version %d, which was promoted, better than version %d in life too?"
                                .formatted(version, before),
                        clock.instant(),
                        ExperimentRound.ITSELF));
            } else {
                LOG.warn(
                        "Version {} of {} is not watched: version {} cannot be compared with it",
                        version,
                        model,
                        before);
            }
        } catch (BrokenBundleException e) {
            LOG.warn("Version {} of {} is not watched: {}", version, model, e.getMessage());
        }
    }

    private ModelVersion require(String model, int version) {
        return registry.find(model, version)
                .orElseThrow(() -> new BrokenBundleException("version %d is not there any more".formatted(version)));
    }

    private ForecastManifest manifest(ModelVersion version) {
        return ForecastBundle.of(registry.fetch(version)).manifest();
    }
}
