package io.mlpool.serving.experiment;

import io.mlpool.registry.Alias;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.serving.experiment.evidence.Comparison;
import io.mlpool.serving.experiment.evidence.Estimate;
import io.mlpool.serving.experiment.evidence.Stretch;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all experiments that are not over: reads what became of the forecasts, says how the arms stand, ends what its guardrails forbid or its
 * model has left behind, and says who won. Whoever does it, however often: it is made of what the database holds.
 */
final class ExperimentRound {

    static final String ITSELF = "the experiment itself";

    private static final Logger LOG = LoggerFactory.getLogger(ExperimentRound.class);

    private final ExperimentStore experiments;
    private final PairedLosses losses;
    private final ModelRegistry registry;
    private final Promotion promotion;
    private final Clock clock;

    ExperimentRound(
            ExperimentStore experiments,
            PairedLosses losses,
            ModelRegistry registry,
            Promotion promotion,
            Clock clock) {
        this.experiments = experiments;
        this.losses = losses;
        this.registry = registry;
        this.promotion = promotion;
        this.clock = clock;
    }

    /** One that cannot be looked at keeps none of the others from it. */
    void run() {
        losses.forget(clock.instant());
        RuntimeException first = null;
        for (Experiment experiment : experiments.open()) {
            try {
                follow(experiment);
            } catch (RuntimeException e) {
                LOG.warn("The experiment {} cannot be looked at, it stays as it is: {}", experiment.id(), e.toString());
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void follow(Experiment experiment) {
        if (experiment.state() == ExperimentState.PROMOTING) {
            promotion.finish(experiment, ITSELF);
            return;
        }
        Instant now = clock.instant();
        losses.collect(experiment, now);
        List<Stretch> stretches = losses.stretches(experiment);
        Comparison comparison = new Comparison(
                stretches,
                experiment.horizons(),
                experiment.horizonsOfABlock(),
                1 - experiment.terms().confidence());
        experiments.keep(experiment.id(), Standings.of(experiment, stretches, comparison, now));
        Recent recent = losses.recent(experiment);
        Optional<String> end = left(experiment);
        Optional<String> broken = end.isEmpty() && experiment.isWatch()
                ? experiment.terms().guardrails().brokenControl(recent)
                : Optional.empty();
        if (broken.isPresent()) {
            promotion.promote(experiment, ITSELF, "rolled back: " + broken.get());
            return;
        }
        end = end.or(() -> experiment.terms().guardrails().broken(recent, comparison))
                .or(() -> tooLong(experiment, now));
        if (end.isPresent()) {
            end(experiment, end.get(), now);
        } else {
            judge(experiment, comparison.logRatio(), now);
        }
    }

    private void end(Experiment experiment, String why, Instant now) {
        LOG.warn("The experiment {} ends: {}", experiment.id(), why);
        if (experiment.isWatch()) {
            // First: once it has ended nobody would look for the version before, which would forecast for ever.
            promotion.retire(experiment);
        }
        experiments.stop(experiment.id(), ExperimentState.RUNNING, ITSELF, why, now);
    }

    /** Why what is compared is not live any more; empty when it is. */
    private Optional<String> left(Experiment experiment) {
        return left(experiment, Alias.CHAMPION, experiment.control())
                .or(() -> left(experiment, Alias.CHALLENGER, experiment.challenger()));
    }

    private Optional<String> left(Experiment experiment, Alias alias, int version) {
        Optional<Integer> live = registry.target(experiment.model(), alias);
        return live.filter(found -> found == version).isPresent()
                ? Optional.empty()
                : Optional.of("version %d is no longer the %s of %s, which is %s"
                        .formatted(
                                version,
                                alias.label(),
                                experiment.model(),
                                live.map(found -> "version " + found).orElse("none")));
    }

    private static Optional<String> tooLong(Experiment experiment, Instant now) {
        return experiment.isOver(now)
                ? Optional.of("%d days have passed%s"
                        .formatted(
                                experiment.terms().longestDays(),
                                experiment.winner() == null ? " without a winner" : ""))
                : Optional.empty();
    }

    private void judge(Experiment experiment, Estimate ratio, Instant now) {
        Optional<Arm> winner = winner(experiment, ratio);
        if (winner.isEmpty()) {
            return;
        }
        experiments.win(experiment.id(), winner.get(), now);
        if (winner.get() == Arm.CHALLENGER && experiment.terms().onWin() == OnWin.PROMOTE) {
            String won =
                    experiment.isWatch() ? "rolled back: the version before is proved better" : "the challenger won";
            promotion.promote(experiment, ITSELF, won);
        } else if (winner.get() == Arm.CONTROL && experiment.isWatch()) {
            end(experiment, "it is proved better than the version before", now);
        }
    }

    /** Who was proved better first: that is proof for good, also when whoever found it died before acting on it and the interval is wider by now. */
    private static Optional<Arm> winner(Experiment experiment, Estimate ratio) {
        if (experiment.winner() != null) {
            return Optional.of(experiment.winner());
        }
        return ratio.isBelow(0)
                ? Optional.of(Arm.CHALLENGER)
                : Optional.of(Arm.CONTROL).filter(control -> ratio.isAbove(0));
    }
}
