package io.mlpool.training.network;

import io.mlpool.model.ForecastShape;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.network.lstm.VectorLastStep;
import io.mlpool.training.network.lstm.VectorLstm;
import java.util.List;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Builds the network: recurrent layers, the last step, a dense layer, and the raw numbers of a {@link QuantileHead}. */
final class LstmNetwork {

    private LstmNetwork() {}

    /**
     * A network that has not learned anything yet.
     *
     * @param start quantiles that it answers, nearly, before the first step, {@code [horizons x levels]}
     */
    static MultiLayerNetwork create(LstmProperties settings, NetworkCard card, float[] start, long seed) {
        ForecastShape shape = card.shape();
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(settings.learningRate()))
                .weightDecay(settings.weightDecay(), true)
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(settings.gradientNorm())
                .list();
        addRecurrentLayers(layers, settings, card.features().width());
        layers.layer(new DenseLayer.Builder()
                .nIn(settings.width())
                .nOut(settings.head())
                .activation(Activation.RELU)
                .dropOut(settings.dropout() == 0 ? 0 : 1 - settings.dropout())
                .build());
        layers.layer(new OutputLayer.Builder(new PinballLoss(card.weights(), card.levels(), shape.medianIndex()))
                .nIn(settings.head())
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

    /** Throws when the network is not built as the settings ask for. */
    static void requireFit(MultiLayerNetwork network, LstmProperties settings) {
        int layers = network.getnLayers() - 2;
        long width = network.getLayer(layers).getParam("W").size(0);
        long head = network.getLayer(layers).getParam("W").size(1);
        if (layers != settings.layers() || width != settings.width() || head != settings.head()) {
            throw new CannotFineTuneException(
                    "layers, width and head",
                    List.of(layers, width, head),
                    List.of(settings.layers(), settings.width(), settings.head()));
        }
    }

    private static void addRecurrentLayers(
            NeuralNetConfiguration.ListBuilder layers, LstmProperties settings, int features) {
        for (int layer = 0; layer < settings.layers(); layer++) {
            int inputs = layer == 0 ? features : settings.width();
            VectorLstm lstm = VectorLstm.sequence(inputs, settings.width()).withThreads(settings.threads());
            if (layer == 0) {
                lstm.asFirstLayer();
            }
            layers.layer(layer == settings.layers() - 1 ? new VectorLastStep(lstm) : lstm);
        }
    }
}
