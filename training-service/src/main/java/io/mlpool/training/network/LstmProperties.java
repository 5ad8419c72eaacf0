package io.mlpool.training.network;

import io.mlpool.training.HyperParameters;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the LSTM looks and learns. {@code docs/results.md} tells what the defaults were measured against.
 *
 * @param layers recurrent layers
 * @param width units of each of them; a multiple of 16 is fast
 * @param head units of the dense layer between the last step and the quantiles
 * @param dropout share of the dense layer's inputs that are dropped in training
 * @param learningRate of Adam in the first epoch; it falls from epoch to epoch
 * @param fineTuneLearningRate the same when training goes on from a champion
 * @param weightDecay decoupled, times the learning rate in each step (AdamW)
 * @param gradientNorm longest gradient of a layer; a longer one is shortened to it
 * @param batchSize windows in a step
 * @param epochs at most; the learning rate falls over them
 * @param windowsPerEpoch drawn afresh from the train slice in each epoch
 * @param validationWindows at most, evenly spaced
 * @param patience epochs without a better validation loss after which it stops
 * @param threads that share a batch in the recurrent layer; the result does not depend on it
 */
@Validated
@ConfigurationProperties("mlpool.training.lstm")
record LstmProperties(
        @DefaultValue("1") @Min(1) @Max(4) int layers,
        @DefaultValue("32") @Min(1) @Max(1024) int width,
        @DefaultValue("32") @Min(1) @Max(1024) int head,

        @DefaultValue("0.5") @DecimalMin("0") @DecimalMax("0.9") double dropout,

        @DefaultValue("2e-3") @Positive double learningRate,
        @DefaultValue("1e-4") @Positive double fineTuneLearningRate,
        @DefaultValue("1e-1") @DecimalMin("0") double weightDecay,
        @DefaultValue("1") @Positive double gradientNorm,
        @DefaultValue("256") @Min(1) int batchSize,
        @DefaultValue("8") @Min(1) int epochs,
        @DefaultValue("100000") @Min(1) int windowsPerEpoch,
        @DefaultValue("50000") @Min(1) int validationWindows,
        @DefaultValue("3") @Min(1) int patience,
        @DefaultValue("1") @Min(1) int threads) {

    Schedule schedule() {
        return new Schedule(
                learningRate, fineTuneLearningRate, batchSize, epochs, windowsPerEpoch, validationWindows, patience);
    }

    /**
     * These with some changed.
     *
     * @param changed by the names of {@link #byName}
     * @throws IllegalArgumentException when there is no such setting, or the value makes no sense
     */
    LstmProperties with(Map<String, String> changed) {
        return new HyperParameters("lstm", byName())
                .with(changed)
                .and("threads", Integer.toString(threads))
                .bind(LstmProperties.class);
    }

    /** The settings that decide what the network becomes, for provenance. */
    Map<String, String> byName() {
        Map<String, String> values =
                new TreeMap<>(HyperParameters.of("lstm", this).values());
        values.remove("threads");
        return values;
    }
}
