package io.mlpool.serving.risk;

import io.mlpool.errors.ErrorDetail;
import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.risk.RiskFeature;
import io.mlpool.risk.RiskModel;
import io.mlpool.risk.RiskRow;
import io.mlpool.serving.market.KnownAssets;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The risk of features that somebody gives. */
final class WhatIf {

    private static final String NOBODY = "what-if";

    private final RiskModels models;
    private final RiskHistory history;
    private final KnownAssets assets;
    private final Clock clock;

    WhatIf(RiskModels models, RiskHistory history, KnownAssets assets, Clock clock) {
        this.models = models;
        this.history = history;
        this.assets = assets;
        this.clock = clock;
    }

    /**
     * What is asked.
     *
     * @param asset whose features are taken as they were scored last; null for none
     * @param features by name; null says that it is not known
     */
    record Question(
            @Nullable String horizon,
            @Nullable String asset,
            @NotNull Map<String, @Nullable Double> features) {}

    RiskView answer(Question question) {
        String model = RiskModels.name(question.horizon(), List.of("body", "horizon"));
        Map<RiskFeature, @Nullable Double> given = given(question.features());
        Map<RiskFeature, Double> features = usual(model, question.asset());
        given.forEach((feature, value) -> {
            if (value == null) {
                features.remove(feature);
            } else {
                features.put(feature, value);
            }
        });
        String asset = question.asset() == null ? NOBODY : question.asset();
        RiskRow row = RiskRow.given(asset, clock.instant(), features);
        return models.ask(model, (who, trees) -> view(who, trees, row));
    }

    private static RiskView view(RiskScore.Model who, RiskModel trees, RiskRow row) {
        return RiskView.of(RiskScore.of(who, trees.assess(row)), RiskModels.event(trees.definition()));
    }

    private Map<RiskFeature, Double> usual(String model, @Nullable String asset) {
        Map<RiskFeature, Double> features = new EnumMap<>(RiskFeature.class);
        if (asset != null) {
            history.newest(model, assets.require(asset), clock.instant())
                    .orElseThrow(() ->
                            RefusedException.notFound("%s has no score of %s to begin with".formatted(asset, model)))
                    .features()
                    .forEach(
                            (name, value) -> RiskFeature.find(name).ifPresent(feature -> features.put(feature, value)));
        }
        return features;
    }

    private static Map<RiskFeature, @Nullable Double> given(Map<String, @Nullable Double> named) {
        Map<RiskFeature, @Nullable Double> given = new EnumMap<>(RiskFeature.class);
        List<ErrorDetail> problems = new ArrayList<>();
        named.forEach((name, value) -> RiskFeature.find(name)
                .ifPresentOrElse(
                        feature -> check(feature, value, given, problems), () -> problems.add(unknown(name, value))));
        if (!problems.isEmpty()) {
            throw new InvalidRequestException(problems);
        }
        return given;
    }

    private static void check(
            RiskFeature feature,
            @Nullable Double value,
            Map<RiskFeature, @Nullable Double> given,
            List<ErrorDetail> problems) {
        if (value != null && !Float.isFinite(value.floatValue())) {
            problems.add(new ErrorDetail(
                    "finite_number",
                    List.of("body", "features", feature.label()),
                    "Input should be a number that single precision can hold",
                    value));
        } else {
            given.put(feature, value);
        }
    }

    private static ErrorDetail unknown(String name, @Nullable Double value) {
        return new ErrorDetail(
                "extra_forbidden",
                List.of("body", "features", name),
                "Unknown feature, known are "
                        + Arrays.stream(RiskFeature.values())
                                .map(RiskFeature::label)
                                .toList(),
                value);
    }
}
