package io.mlpool.training.trees;

import io.mlpool.model.Algorithm;
import io.mlpool.training.HyperParameters;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How boosted trees of quantiles grow. {@code docs/results.md} tells what the defaults were measured against.
 *
 * @param depth of a tree
 * @param rate by which each tree's answer is shrunk
 * @param leastWeight windows in a leaf, at least
 * @param rowShare of the windows that each tree sees
 * @param columnShare of the columns that each tree sees
 * @param ridge penalty on the square of leaf values when splits are compared
 * @param bins that the values of a column are put into before splits are looked for
 * @param rounds of boosting in an epoch, each with a tree for every horizon and number that is said
 * @param epochs at most
 * @param patience rounds without a better validation loss after which a horizon is left as it was at its best
 * @param windows to learn from, drawn from those there are
 * @param validationWindows at most, evenly spaced
 * @param refit whether trees grow once more, as many as were best, from all windows, those of the validation too
 * @param threads that XGBoost uses; sums of others are rounded otherwise
 */
@Validated
@ConfigurationProperties("mlpool.training.xgboost")
record TreesProperties(
        @DefaultValue("4") @Min(1) @Max(12) int depth,
        @DefaultValue("0.2") @Positive @DecimalMax("1") double rate,
        @DefaultValue("500") @DecimalMin("0") double leastWeight,

        @DefaultValue("0.5") @Positive @DecimalMax("1") double rowShare,

        @DefaultValue("0.5") @Positive @DecimalMax("1") double columnShare,

        @DefaultValue("1") @DecimalMin("0") double ridge,
        @DefaultValue("64") @Min(2) @Max(1024) int bins,
        @DefaultValue("10") @Min(1) int rounds,
        @DefaultValue("10") @Min(1) int epochs,
        @DefaultValue("10") @Min(1) int patience,
        @DefaultValue("60000") @Min(1) int windows,
        @DefaultValue("50000") @Min(1) int validationWindows,
        @DefaultValue("true") boolean refit,
        @DefaultValue("1") @Min(1) int threads) {

    /**
     * These with some changed.
     *
     * @param algorithm that they belong to, for people
     * @param changed by the names of {@link #byName}
     * @throws IllegalArgumentException when there is no such setting, or the value makes no sense
     */
    TreesProperties with(Algorithm algorithm, Map<String, String> changed) {
        return HyperParameters.of(algorithm.label(), this).with(changed).bind(TreesProperties.class);
    }

    TreesProperties withoutRefit() {
        return with(Algorithm.XGBOOST, Map.of("refit", "false"));
    }

    /** The settings that decide what trees grow, for provenance. */
    Map<String, String> byName() {
        return HyperParameters.of(Algorithm.XGBOOST.label(), this).values();
    }

    /**
     * As XGBoost calls them. With a seed for each round, one that goes on draws what it would have drawn.
     *
     * @param start what trees begin with
     */
    Map<String, Object> parameters(float start, long seed) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("base_score", start);
        parameters.put("tree_method", "hist");
        parameters.put("max_depth", depth);
        parameters.put("eta", rate);
        parameters.put("min_child_weight", leastWeight);
        parameters.put("subsample", rowShare);
        parameters.put("colsample_bytree", columnShare);
        parameters.put("lambda", ridge);
        parameters.put("max_bin", bins);
        parameters.put("seed", seed & Integer.MAX_VALUE);
        parameters.put("seed_per_iteration", true);
        parameters.put("nthread", threads);
        return parameters;
    }
}
