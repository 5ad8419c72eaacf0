package io.mlpool.serving.experiment;

import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Makes a challenger the champion, if the champion is still the one it was compared with. It is noted first, so that whoever is killed on the
 * way is followed by another one who ends it.
 */
final class Promotion {

    private final ModelRegistry registry;
    private final ExperimentStore experiments;
    private final Consumer<Experiment> audit;
    private final Runnable look;
    private final Clock clock;

    /**
     * Promotes in this registry.
     *
     * @param audit notes what nobody asked for; where a process dies in the very moment, twice
     * @param look has this service look at the aliases now
     */
    Promotion(
            ModelRegistry registry,
            ExperimentStore experiments,
            Consumer<Experiment> audit,
            Runnable look,
            Clock clock) {
        this.registry = registry;
        this.experiments = experiments;
        this.audit = audit;
        this.look = look;
        this.clock = clock;
    }

    /** Does nothing to one that does not run. */
    void promote(Experiment experiment, String by, String outcome) {
        if (experiments.beginPromotion(experiment.id(), by, outcome)) {
            finish(experiment, by);
        }
    }

    /** Goes on with a promotion that was begun; may be repeated. */
    void finish(Experiment experiment, String by) {
        // In this order a kill between any two of them is made good by doing all again.
        if (!crown(experiment)) {
            Optional<Integer> champion = registry.target(experiment.model(), Alias.CHAMPION);
            String outcome = "not promoted: %s is the champion, no longer version %d, which it was compared with"
                    .formatted(champion.map(live -> "version " + live).orElse("none"), experiment.control());
            experiments.stop(experiment.id(), ExperimentState.PROMOTING, by, outcome, clock.instant());
            return;
        }
        retire(experiment);
        if (by.equals(ExperimentRound.ITSELF)) {
            audit.accept(experiment);
        }
        experiments.promoted(experiment.id(), clock.instant());
        look.run();
    }

    /** Whoever died on the way, or promotes at the same time, may have done it. */
    private boolean crown(Experiment experiment) {
        return registry.replace(experiment.model(), Alias.CHAMPION, experiment.control(), experiment.challenger())
                || registry.target(experiment.model(), Alias.CHAMPION)
                        .filter(live -> live == experiment.challenger())
                        .isPresent();
    }

    /** The challenger of this experiment is no longer one. */
    void retire(Experiment experiment) {
        if (registry.target(experiment.model(), Alias.CHALLENGER)
                .filter(version -> version == experiment.challenger())
                .isPresent()) {
            registry.unassign(experiment.model(), Alias.CHALLENGER);
        }
    }
}
