package io.mlpool.training.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * {@link QuantileHead} as a loss function of DL4J: raw numbers {@code [N x (horizons * levels)]} against targets
 * {@code [N x horizons]}, NaN where unknown. Saved within a network's configuration. Activation functions and masks have no
 * meaning here.
 */
public final class PinballLoss implements ILossFunction {

    private static final long serialVersionUID = 1L;

    @JsonProperty
    private final double[] weights;

    @JsonProperty
    private final double[] levels;

    @JsonProperty
    private final int median;

    @JsonCreator
    PinballLoss(
            @JsonProperty("weights") double[] weights,
            @JsonProperty("levels") double[] levels,
            @JsonProperty("median") int median) {
        this.weights = weights.clone();
        this.levels = levels.clone();
        this.median = median;
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        double sum = Arrays.stream(losses(labels, preOutput)).sum();
        return average ? sum / labels.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        double[] losses = losses(labels, preOutput);
        return Nd4j.create(losses, new long[] {losses.length, 1}, preOutput.dataType());
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        double[] raw = numbers(preOutput);
        double[] gradient = head().gradient(raw, quantiles(raw), numbers(labels));
        return Nd4j.create(gradient, preOutput.shape(), preOutput.dataType());
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, preOutput, activation, mask, average),
                computeGradient(labels, preOutput, activation, mask));
    }

    @Override
    public String name() {
        return "pinball";
    }

    private double[] losses(INDArray labels, INDArray preOutput) {
        return head().losses(quantiles(numbers(preOutput)), numbers(labels));
    }

    private double[] quantiles(double[] raw) {
        double[] quantiles = raw.clone();
        head().toQuantiles(quantiles);
        return quantiles;
    }

    private QuantileHead head() {
        return new QuantileHead(weights, levels, median);
    }

    private static double[] numbers(INDArray array) {
        return array.ravel().toDoubleVector();
    }
}
