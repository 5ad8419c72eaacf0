package io.mlpool.training.trees;

import io.mlpool.model.Algorithm;
import io.mlpool.training.HyperParameters;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How trees that say a scale grow: what {@link TreesProperties} has, by the same names, but values of their own, since what came true
 * of a scale has less noise than a return has.
 */
@Validated
@ConfigurationProperties("mlpool.training.xgboost-scale")
record ScaleTreesProperties(
        @DefaultValue("5") @Min(1) @Max(12) int depth,
        @DefaultValue("0.05") @Positive @DecimalMax("1") double rate,
        @DefaultValue("500") @DecimalMin("0") double leastWeight,

        @DefaultValue("0.7") @Positive @DecimalMax("1") double rowShare,

        @DefaultValue("0.6") @Positive @DecimalMax("1") double columnShare,

        @DefaultValue("10") @DecimalMin("0") double ridge,
        @DefaultValue("64") @Min(2) @Max(1024) int bins,
        @DefaultValue("25") @Min(1) int rounds,
        @DefaultValue("16") @Min(1) int epochs,
        @DefaultValue("20") @Min(1) int patience,
        @DefaultValue("200000") @Min(1) int windows,
        @DefaultValue("50000") @Min(1) int validationWindows,
        @DefaultValue("true") boolean refit,
        @DefaultValue("1") @Min(1) int threads) {

    TreesProperties trees() {
        return HyperParameters.of(Algorithm.XGBOOST_SCALE.label(), this).bind(TreesProperties.class);
    }
}
