package io.mlpool.serving.risk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mlpool.risk.FatalFactor;
import io.mlpool.risk.RiskFactor;
import io.mlpool.risk.RiskFeature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How risky an asset is, taken to pieces.
 *
 * @param horizon within which the event may happen
 * @param event what it is; absent when the model is not live any more
 * @param factors largest contribution first
 */
record RiskView(
        String asset,
        @Nullable String protocol,
        String horizon,
        @Nullable Event event,
        Instant asOf,
        double score,
        double probability,
        @Nullable Cap cappedBy,
        double margin,
        double base,
        List<Factor> factors,
        RiskScore.Model model) {

    /**
     * The severe loss.
     *
     * @param drawdown share that the price falls by
     * @param lockedFall share that the dollars locked fall by
     * @param baseRate share of the rows that the model learned from that had it: a score of 50
     */
    record Event(double drawdown, double lockedFall, double baseRate) {}

    /** What alone raised the score. */
    record Cap(String factor, String meaning, double floor) {}

    /**
     * A named part of the risk.
     *
     * @param contribution to the margin, in log odds; above 0 raises the risk
     */
    record Factor(String factor, String meaning, double contribution, List<Feature> features) {}

    /** What went in; a value that is not known is null. */
    record Feature(
            String feature,
            String meaning,
            @JsonInclude @Nullable Double value) {}

    static RiskView of(RiskScore score, @Nullable Event event) {
        return new RiskView(
                score.asset(),
                score.protocol(),
                score.model().name().substring(RiskModels.PREFIX.length()),
                event,
                score.asOf(),
                score.score(),
                score.probability(),
                cap(score.cappedBy()),
                score.margin(),
                score.base(),
                factors(score),
                score.model());
    }

    /** A label that a later version of this code has no more is told without words. */
    private static @Nullable Cap cap(@Nullable String label) {
        return label == null
                ? null
                : Arrays.stream(FatalFactor.values())
                        .filter(factor -> factor.label().equals(label))
                        .map(factor -> new Cap(label, factor.sentence(), factor.floor()))
                        .findFirst()
                        .orElseGet(() -> new Cap(label, "", 0));
    }

    private static List<Factor> factors(RiskScore score) {
        return Arrays.stream(RiskFactor.values())
                .flatMap(factor -> factor(factor, score))
                .sorted(Comparator.comparingDouble((Factor factor) -> Math.abs(factor.contribution()))
                        .reversed())
                .toList();
    }

    private static Stream<Factor> factor(RiskFactor factor, RiskScore score) {
        Double contribution = score.factors().get(factor.label());
        return contribution == null
                ? Stream.empty()
                : Stream.of(new Factor(
                        factor.label(), factor.sentence(), contribution, features(factor, score.features())));
    }

    private static List<Feature> features(RiskFactor factor, Map<String, Double> known) {
        return Arrays.stream(RiskFeature.values())
                .filter(feature -> feature.factor() == factor)
                .map(feature -> new Feature(
                        feature.label(), Objects.requireNonNull(feature.sentence()), known.get(feature.label())))
                .toList();
    }
}
