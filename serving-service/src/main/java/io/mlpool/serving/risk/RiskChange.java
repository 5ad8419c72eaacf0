package io.mlpool.serving.risk;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is different from the day before.
 *
 * @param asOf of the score that the newest one is compared with
 * @param change of the score, in points
 * @param factors change of each contribution to the margin, largest first
 */
record RiskChange(Instant asOf, double score, double change, List<Factor> factors) {

    /** By how much a contribution changed, in log odds. */
    record Factor(String factor, double change) {}

    static RiskChange between(RiskScore before, RiskScore now) {
        Set<String> names = new TreeSet<>(before.factors().keySet());
        names.addAll(now.factors().keySet());
        List<Factor> factors = names.stream()
                .map(name -> new Factor(
                        name,
                        now.factors().getOrDefault(name, 0.0) - before.factors().getOrDefault(name, 0.0)))
                .sorted(Comparator.comparingDouble((Factor factor) -> Math.abs(factor.change()))
                        .reversed())
                .toList();
        return new RiskChange(before.asOf(), before.score(), now.score() - before.score(), factors);
    }
}
