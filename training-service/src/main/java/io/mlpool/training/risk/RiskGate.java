package io.mlpool.training.risk;

import io.mlpool.training.promotion.GateRules;
import io.mlpool.training.risk.evaluation.RiskAnswers;
import io.mlpool.training.risk.panel.RiskPanel;
import io.mlpool.training.risk.panel.RiskSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a candidate goes live: it must be proved better than the base rate, than volatility alone and than the champion, on
 * rows after all that the two models saw.
 */
final class RiskGate {

    private final GateRules rules;

    RiskGate(GateRules rules) {
        this.rules = rules;
    }

    /**
     * Who must be beaten.
     *
     * @param trainedUntil all that came of its rows was known by then
     * @param answers to the same rows as the candidate's
     */
    record Champion(int version, Instant trainedUntil, RiskAnswers answers) {}

    RiskDecision decide(
            RiskPanel judged,
            Instant trainedUntil,
            RiskAnswers candidate,
            List<RiskAnswers> simple,
            Optional<Champion> champion) {
        Instant from = champion.map(Champion::trainedUntil)
                .filter(trainedUntil::isBefore)
                .orElse(trainedUntil);
        int[] counting = IntStream.range(0, judged.size())
                .filter(i -> !judged.samples().get(i).asOf().isBefore(from))
                .toArray();
        RiskPanel rows = new RiskPanel(
                judged.event(),
                IntStream.of(counting).mapToObj(judged.samples()::get).toList());
        Integer version = champion.map(Champion::version).orElse(null);
        long times = rows.samples().stream().map(RiskSample::asOf).distinct().count();
        int needed = Math.max(
                rules.fewestTimes(), rules.fewestIndependent() * judged.event().days());
        if (times < needed) {
            String reason =
                    "Not promoted: only %d days after %s, when the last training ended, can be scored, %d are needed to tell skill from luck."
                            .formatted(times, from, needed);
            return new RiskDecision(false, reason, version, null, null, rules.level(), List.of());
        }
        List<RiskAnswers> opponents = new ArrayList<>(simple);
        champion.ifPresent(one -> opponents.add(one.answers()));
        List<RiskComparison> comparisons = opponents.stream()
                .map(one -> RiskComparison.of(rows, candidate.only(counting), one.only(counting)))
                .toList();
        return decided(rows, version, comparisons);
    }

    private RiskDecision decided(RiskPanel rows, @Nullable Integer version, List<RiskComparison> comparisons) {
        Optional<RiskComparison> unbeaten = comparisons.stream()
                .filter(comparison -> !comparison.isBetter(rules.level()))
                .findFirst();
        return new RiskDecision(
                unbeaten.isEmpty(),
                unbeaten.map(this::objection).orElseGet(() -> comparisons.stream()
                        .map(RiskGate::winning)
                        .collect(Collectors.joining(" and ", "Promoted: its Brier score is ", "."))),
                version,
                rows.first(),
                rows.last(),
                rules.level(),
                comparisons);
    }

    private String objection(RiskComparison comparison) {
        return String.format(
                Locale.ROOT,
                "Not promoted: its Brier score is %.2f %% %s than that of %s over %d days, which chance alone would show with probability %.3f; under %.3f is needed.",
                Math.abs(comparison.improvement()),
                comparison.improvement() > 0 ? "lower" : "higher",
                comparison.opponent(),
                comparison.times(),
                comparison.probability(),
                rules.level());
    }

    private static String winning(RiskComparison comparison) {
        return String.format(
                Locale.ROOT,
                "%.2f %% lower than that of %s (p = %.2g)",
                comparison.improvement(),
                comparison.opponent(),
                comparison.probability());
    }
}
