package io.mlpool.training.network;

import io.mlpool.model.Algorithm;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.network.lstm.VectorLastStep;
import io.mlpool.training.network.lstm.VectorLstm;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Recurrent layers, the last step, and a {@link QuantileLayers head}. */
record LstmNetwork(LstmProperties settings) implements Architecture {

    @Override
    public String name() {
        return Algorithm.LSTM.label();
    }

    @Override
    public Schedule schedule() {
        return settings.schedule();
    }

    @Override
    public MultiLayerNetwork create(NetworkCard card, float[] start, long seed) {
        QuantileLayers head = new QuantileLayers(settings.width(), settings.head(), settings.dropout());
        NeuralNetConfiguration.ListBuilder layers =
                QuantileLayers.list(seed, settings.learningRate(), settings.weightDecay(), settings.gradientNorm());
        addRecurrentLayers(layers, card.features().width());
        return head.network(layers, card, start);
    }

    private void addRecurrentLayers(NeuralNetConfiguration.ListBuilder layers, int features) {
        for (int layer = 0; layer < settings.layers(); layer++) {
            int inputs = layer == 0 ? features : settings.width();
            VectorLstm lstm = VectorLstm.sequence(inputs, settings.width()).withThreads(settings.threads());
            if (layer == 0) {
                lstm.asFirstLayer();
            }
            layers.layer(layer == settings.layers() - 1 ? new VectorLastStep(lstm) : lstm);
        }
    }

    @Override
    public void requireFit(MultiLayerNetwork network, NetworkCard card) {
        if (!(network.getLayer(0).conf().getLayer() instanceof VectorLstm)) {
            throw new CannotFineTuneException("it is not that of an LSTM");
        }
        int layers = network.getnLayers() - QuantileLayers.COUNT;
        long width = network.getLayer(layers).getParam("W").size(0);
        long head = network.getLayer(layers).getParam("W").size(1);
        if (layers != settings.layers() || width != settings.width() || head != settings.head()) {
            throw new CannotFineTuneException(
                    "layers, width and head",
                    List.of(layers, width, head),
                    List.of(settings.layers(), settings.width(), settings.head()));
        }
    }

    @Override
    public byte[] graph(MultiLayerNetwork network, NetworkCard card) {
        return LstmGraph.write(network, card);
    }
}
