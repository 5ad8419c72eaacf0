package io.mlpool.serving.experiment;

import io.mlpool.errors.RefusedException;
import io.mlpool.registry.Alias;
import io.mlpool.serving.live.LiveForecaster;
import io.mlpool.serving.live.LiveForecasters;
import io.mlpool.serving.live.Slot;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins and ends experiments, as people ask. */
final class Experiments {

    private final ExperimentStore store;
    private final LiveForecasters live;
    private final Promotion promotion;
    private final Clock clock;

    Experiments(ExperimentStore store, LiveForecasters live, Promotion promotion, Clock clock) {
        this.store = store;
        this.live = live;
        this.promotion = promotion;
        this.clock = clock;
    }

    /** Begins one; the same again gives the one that is there. */
    Experiment begin(WantedExperiment wanted, String by) {
        Terms terms = wanted.terms();
        String id = wanted.id() == null ? UUID.randomUUID().toString() : wanted.id();
        if (store.find(id).isEmpty()) {
            Experiment experiment = experiment(id, wanted, terms, by);
            makeWay(experiment, by);
            store.begin(experiment);
        }
        Experiment kept = store.find(id).orElseThrow(() -> occupied(wanted.model()));
        if (!isAsked(kept, wanted, terms)) {
            throw RefusedException.conflict("experiment %s exists and is another one: choose another id".formatted(id));
        }
        return kept;
    }

    /** What somebody asks for comes before what began by itself. */
    private void makeWay(Experiment experiment, String by) {
        store.ofModel(experiment.model())
                .filter(Experiment::isWatch)
                .ifPresent(watch -> store.stop(
                        watch.id(),
                        ExperimentState.RUNNING,
                        by,
                        "experiment %s takes its place".formatted(experiment.id()),
                        clock.instant()));
    }

    /** The one of this id. */
    Experiment require(String id) {
        return store.find(id)
                .orElseThrow(() -> RefusedException.notFound(
                        "there is no experiment of this id: GET /experiments lists those there are"));
    }

    /** Ends it without a promotion; one that is over stays as it is. With a watch the version before rests. */
    Experiment stop(String id, String by, @Nullable String reason) {
        Experiment experiment = require(id);
        if (experiment.isWatch() && experiment.state() == ExperimentState.RUNNING) {
            promotion.retire(experiment);
        }
        store.stop(id, ExperimentState.RUNNING, by, "stopped" + (reason == null ? "" : ": " + reason), clock.instant());
        return require(id);
    }

    /**
     * Makes the challenger the champion.
     *
     * @param force also when it is not proved better
     */
    Experiment promote(String id, String by, boolean force, @Nullable String reason) {
        Experiment experiment = require(id);
        if (experiment.state() == ExperimentState.STOPPED) {
            throw RefusedException.conflict(
                    "experiment %s is over: %s; POST /models/%s/aliases/champion promotes any version"
                            .formatted(id, experiment.outcome(), experiment.model()));
        }
        if (experiment.state() == ExperimentState.RUNNING && experiment.winner() != Arm.CHALLENGER && !force) {
            throw RefusedException.conflict(
                    "the challenger of experiment %s is not proved better: wait, or promote it all the same with \"force\": true"
                            .formatted(id));
        }
        String won = experiment.winner() == Arm.CHALLENGER ? "the challenger won" : "promoted without proof";
        promotion.promote(experiment, by, won + (reason == null ? "" : ": " + reason));
        Experiment now = require(id);
        if (now.state() == ExperimentState.STOPPED) {
            throw RefusedException.conflict(String.valueOf(now.outcome()));
        }
        return now;
    }

    private Experiment experiment(String id, WantedExperiment wanted, Terms terms, String by) {
        LiveForecaster control = live(wanted.model(), Alias.CHAMPION);
        LiveForecaster challenger = live(wanted.model(), Alias.CHALLENGER);
        requireWanted(wanted, challenger);
        return Experiment.begin(
                id, Kind.EXPERIMENT, pair(control, challenger), terms, wanted.purpose(), clock.instant(), by);
    }

    private LiveForecaster live(String model, Alias alias) {
        return live.find(new Slot(model, alias))
                .orElseThrow(() -> RefusedException.conflict(
                        "no %s of %s is live: give a version the alias first (POST /models/{name}/aliases/%s), GET /models tells what is live"
                                .formatted(alias.label(), model, alias.label())));
    }

    private static void requireWanted(WantedExperiment wanted, LiveForecaster challenger) {
        int version = challenger.version().version();
        if (wanted.challenger() != null && wanted.challenger() != version) {
            throw RefusedException.conflict(
                    "version %d is the challenger of %s, not version %d: give it the alias first (POST /models/{name}/aliases/challenger)"
                            .formatted(version, wanted.model(), wanted.challenger()));
        }
    }

    private static Pair pair(LiveForecaster control, LiveForecaster challenger) {
        int first = control.version().version();
        int second = challenger.version().version();
        return Pair.of(control.slot().model(), first, control.manifest(), second, challenger.manifest())
                .orElseThrow(() -> RefusedException.conflict(
                        "versions %d and %d cannot be compared: they must be two, of one interval, with the same quantiles and a horizon in common"
                                .formatted(first, second)));
    }

    private RefusedException occupied(String model) {
        String running = store.ofModel(model).map(Experiment::id).orElse("another one");
        return RefusedException.conflict(
                "experiment %s of %s is not over: wait for it, or stop it (POST /experiments/%s/stop)"
                        .formatted(running, model, running));
    }

    private static boolean isAsked(Experiment kept, WantedExperiment wanted, Terms terms) {
        return kept.model().equals(wanted.model())
                && (wanted.challenger() == null || wanted.challenger() == kept.challenger())
                && kept.terms().equals(terms)
                && Objects.equals(kept.purpose(), wanted.purpose());
    }
}
