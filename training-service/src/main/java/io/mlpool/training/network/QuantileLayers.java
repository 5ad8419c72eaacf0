package io.mlpool.training.network;

import io.mlpool.model.ForecastShape;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * What every network ends with: a dense layer, and the raw numbers of a {@link QuantileHead}.
 *
 * @param inputs numbers that the layers before it made of a window
 * @param units of the dense layer
 * @param dropout share of its inputs that are dropped in training
 */
record QuantileLayers(int inputs, int units, double dropout) {

    /** How many they are. */
    static final int COUNT = 2;

    /** An empty list of layers that learn by AdamW. */
    static NeuralNetConfiguration.ListBuilder list(
            long seed, double learningRate, double weightDecay, double gradientNorm) {
        return new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(learningRate))
                .weightDecay(weightDecay, true)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(gradientNorm)
                .list();
    }

    /**
     * A network of these layers and the head.
     *
     * @param start quantiles that it answers, nearly, before the first step
     */
    MultiLayerNetwork network(NeuralNetConfiguration.ListBuilder layers, NetworkCard card, float[] start) {
        ForecastShape shape = card.shape();
        layers.layer(new DenseLayer.Builder()
                .nIn(inputs)
                .nOut(units)
                .activation(Activation.RELU)
                .dropOut(dropout == 0 ? 0 : 1 - dropout)
                .build());
        layers.layer(new OutputLayer.Builder(new PinballLoss(card.weights(), card.levels(), shape.medianIndex()))
                .nIn(units)
                .nOut(shape.size())
                .activation(Activation.IDENTITY)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        network.getOutputLayer()
                .getParam("b")
                .assign(Nd4j.createFromArray(QuantileHead.of(card).raw(start)).reshape(1, shape.size()));
        return network;
    }
}
