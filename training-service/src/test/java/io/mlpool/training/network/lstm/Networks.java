package io.mlpool.training.network.lstm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks and data for them, the same for the same arguments. */
final class Networks {

    static final int OUTPUTS = 3;

    private Networks() {}

    static LSTM stock(int inputs, int hidden) {
        return stockBuilder(inputs, hidden).build();
    }

    static LSTM.Builder stockBuilder(int inputs, int hidden) {
        return new LSTM.Builder().nIn(inputs).nOut(hidden).activation(Activation.TANH);
    }

    static Layer stockLastStep(int inputs, int hidden) {
        return new LastTimeStep(stock(inputs, hidden));
    }

    /** A forecast of the last step. */
    static MultiLayerNetwork forecaster(DataType type, int hidden, Layer... recurrent) {
        return network(
                type,
                new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(hidden)
                        .nOut(OUTPUTS)
                        .activation(Activation.IDENTITY)
                        .build(),
                recurrent);
    }

    static MultiLayerNetwork forecaster(int hidden, Layer... recurrent) {
        return forecaster(DataType.FLOAT, hidden, recurrent);
    }

    /** An answer at every step. */
    static MultiLayerNetwork tagger(int hidden, Layer... recurrent) {
        return network(
                DataType.FLOAT,
                new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nIn(hidden)
                        .nOut(OUTPUTS)
                        .activation(Activation.IDENTITY)
                        .build(),
                recurrent);
    }

    private static MultiLayerNetwork network(DataType type, Layer head, Layer... recurrent) {
        return network(type, Stream.concat(Arrays.stream(recurrent), Stream.of(head)));
    }

    /** Nothing on top: the errors come from outside. */
    static MultiLayerNetwork headless(Layer recurrent) {
        return network(DataType.FLOAT, Stream.of(recurrent));
    }

    private static MultiLayerNetwork network(DataType type, Stream<Layer> layers) {
        var builder = new NeuralNetConfiguration.Builder()
                .seed(42)
                .dataType(type)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(1e-3))
                .list();
        layers.forEach(builder::layer);
        var network = new MultiLayerNetwork(builder.build());
        network.init();
        return network;
    }

    static DataSet windows(int batch, int inputs, int steps) {
        Nd4j.getRandom().setSeed(1_000L * batch + steps);
        return new DataSet(
                Nd4j.randn(DataType.FLOAT, batch, inputs, steps), Nd4j.randn(DataType.FLOAT, batch, OUTPUTS));
    }

    static DataSet sequences(int batch, int inputs, int steps) {
        Nd4j.getRandom().setSeed(1_000L * batch + steps);
        return new DataSet(
                Nd4j.randn(DataType.FLOAT, batch, inputs, steps), Nd4j.randn(DataType.FLOAT, batch, OUTPUTS, steps));
    }

    static INDArray output(MultiLayerNetwork network, DataSet data) {
        return network.output(data.getFeatures(), false, data.getFeaturesMaskArray(), data.getLabelsMaskArray());
    }

    /** The gradient of the loss with respect to all parameters, and the loss in {@code network.score()}. */
    static INDArray gradient(MultiLayerNetwork network, DataSet data) {
        network.setInput(data.getFeatures());
        network.setLabels(data.getLabels());
        network.setLayerMaskArrays(data.getFeaturesMaskArray(), data.getLabelsMaskArray());
        network.computeGradientAndScore();
        INDArray gradient = network.getFlattenedGradients().dup();
        network.clearLayerMaskArrays();
        return gradient;
    }

    /** Stricter than {@code INDArray.equals}, which forgives small differences. */
    static void assertSameBits(INDArray actual, INDArray expected) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(firstDifference(actual, expected))
                .as("first element that differs")
                .isEqualTo(-1);
    }

    /** Index of the first element that is not the same to the last bit, -1 if there is none. */
    static int firstDifference(INDArray actual, INDArray expected) {
        return Arrays.mismatch(
                actual.dup('c').data().asDouble(), expected.dup('c').data().asDouble());
    }

    static double largestDifference(INDArray a, INDArray b) {
        return a.castTo(DataType.DOUBLE)
                .sub(b.castTo(DataType.DOUBLE))
                .amaxNumber()
                .doubleValue();
    }
}
