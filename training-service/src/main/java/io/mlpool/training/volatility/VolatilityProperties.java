package io.mlpool.training.volatility;

import io.mlpool.training.HyperParameters;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the statistical model is fitted.
 *
 * @param ridge penalty on the squares of its weights for columns of standard deviation 1: as if so many windows had shown no effect
 * @param windows to learn from at most, evenly spaced
 * @param refit whether it is fitted on all windows, those of the validation too
 */
@Validated
@ConfigurationProperties("mlpool.training.volatility")
record VolatilityProperties(
        @DefaultValue("1000") @Positive double ridge,
        @DefaultValue("200000") @Min(100) int windows,
        @DefaultValue("true") boolean refit) {

    /**
     * These with some changed.
     *
     * @param changed by the names of {@link #byName}
     * @throws IllegalArgumentException when there is no such setting, or the value makes no sense
     */
    VolatilityProperties with(Map<String, String> changed) {
        return HyperParameters.of("volatility", this).with(changed).bind(VolatilityProperties.class);
    }

    /** For provenance. */
    Map<String, String> byName() {
        return HyperParameters.of("volatility", this).values();
    }
}
