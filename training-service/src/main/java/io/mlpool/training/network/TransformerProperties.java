package io.mlpool.training.network;

import io.mlpool.features.FeatureSchema;
import io.mlpool.training.HyperParameters;
import io.mlpool.training.network.transformer.EncoderShape;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the Transformer looks and learns.
 *
 * @param patch steps that make a token
 * @param blocks of attention and feed-forward
 * @param width numbers that stand for a token; a multiple of the heads, and fast as one of 32
 * @param heads that attend side by side
 * @param inner units of the feed-forward layers
 * @param head units of the dense layer between the newest token and the quantiles
 * @param dropout share of the dense layer's inputs that are dropped in training
 * @param learningRate of Adam in the first epoch; it falls from epoch to epoch
 * @param fineTuneLearningRate the same when training goes on from a champion
 * @param weightDecay decoupled, times the learning rate in each step (AdamW)
 * @param gradientNorm longest gradient of the encoder and of each layer after it; a longer one is shortened to it
 * @param batchSize windows in a step
 * @param epochs at most; the learning rate falls over them
 * @param windowsPerEpoch drawn afresh from the train slice in each epoch
 * @param validationWindows at most, evenly spaced
 * @param patience epochs without a better validation loss after which it stops
 */
@Validated
@ConfigurationProperties("mlpool.training.transformer")
record TransformerProperties(
        @DefaultValue("4") @Min(1) @Max(1024) int patch,
        @DefaultValue("1") @Min(1) @Max(8) int blocks,
        @DefaultValue("32") @Min(1) @Max(1024) int width,
        @DefaultValue("4") @Min(1) @Max(64) int heads,
        @DefaultValue("64") @Min(1) @Max(4096) int inner,
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
        @DefaultValue("3") @Min(1) int patience) {

    TransformerProperties {
        if (heads > 0 && width % heads != 0) {
            throw new IllegalArgumentException(
                    "width must be a multiple of heads, found %d and %d".formatted(width, heads));
        }
    }

    EncoderShape shape(FeatureSchema features) {
        return new EncoderShape(features.width(), features.steps(), patch, width, blocks, heads, inner);
    }

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
    TransformerProperties with(Map<String, String> changed) {
        return HyperParameters.of("transformer", this).with(changed).bind(TransformerProperties.class);
    }

    /** The settings, all of which decide what the network becomes, for provenance. */
    Map<String, String> byName() {
        return HyperParameters.of("transformer", this).values();
    }
}
