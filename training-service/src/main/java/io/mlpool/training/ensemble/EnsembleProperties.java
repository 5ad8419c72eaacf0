package io.mlpool.training.ensemble;

import io.mlpool.training.HyperParameters;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is asked, and how much each counts.
 *
 * @param members algorithms, each once
 * @param halfLife in which a validation window loses half of its say about the weights
 * @param shrinkage how far weights are drawn to equal ones: 0 not at all, 1 wholly
 * @param validationWindows that weights are learned from at most, evenly spaced
 */
@Validated
@ConfigurationProperties("mlpool.training.ensemble")
record EnsembleProperties(
        @DefaultValue({"lstm", "xgboost", "xgboost-scale", "volatility"}) @NotEmpty List<String> members,

        @DefaultValue("90d") Duration halfLife,

        @DefaultValue("0.5") @DecimalMin("0") @DecimalMax("1") double shrinkage,

        @DefaultValue("20000") @Min(1) int validationWindows) {

    EnsembleProperties {
        members = List.copyOf(members);
        if (members.stream().distinct().count() < members.size()) {
            throw new IllegalArgumentException("an ensemble asks each member once, found " + members);
        }
        if (!halfLife.isPositive()) {
            throw new IllegalArgumentException("half-life must be a positive duration, found " + halfLife);
        }
    }

    /**
     * These with some changed.
     *
     * @param changed by the names of {@link #byName}
     * @throws IllegalArgumentException when there is no such setting, or the value makes no sense
     */
    EnsembleProperties with(Map<String, String> changed) {
        return HyperParameters.of("ensemble", this).with(changed).bind(EnsembleProperties.class);
    }

    /** For provenance. */
    Map<String, String> byName() {
        return HyperParameters.of("ensemble", this).values();
    }
}
