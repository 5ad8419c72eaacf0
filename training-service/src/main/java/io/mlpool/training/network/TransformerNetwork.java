package io.mlpool.training.network;

import io.mlpool.model.Algorithm;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.network.transformer.EncoderShape;
import io.mlpool.training.network.transformer.TransformerEncoder;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A Transformer encoder over patches of the window, its newest token, and a {@link QuantileLayers head}. */
record TransformerNetwork(TransformerProperties settings) implements Architecture {

    @Override
    public String name() {
        return Algorithm.TRANSFORMER.label();
    }

    @Override
    public Schedule schedule() {
        return settings.schedule();
    }

    @Override
    public MultiLayerNetwork create(NetworkCard card, float[] start, long seed) {
        NeuralNetConfiguration.ListBuilder layers =
                QuantileLayers.list(seed, settings.learningRate(), settings.weightDecay(), settings.gradientNorm());
        layers.layer(TransformerEncoder.of(settings.shape(card.features())));
        return new QuantileLayers(settings.width(), settings.head(), settings.dropout()).network(layers, card, start);
    }

    @Override
    public void requireFit(MultiLayerNetwork network, NetworkCard card) {
        if (!(network.getLayer(0).conf().getLayer() instanceof TransformerEncoder encoder)) {
            throw new CannotFineTuneException("it is not that of a Transformer");
        }
        EncoderShape asked = settings.shape(card.features());
        long head = network.getLayer(1).getParam("W").size(1);
        if (!encoder.shape().equals(asked) || head != settings.head()) {
            throw new CannotFineTuneException(
                    "encoder and head", List.of(encoder.shape(), head), List.of(asked, settings.head()));
        }
    }

    @Override
    public byte[] graph(MultiLayerNetwork network, NetworkCard card) {
        return TransformerGraph.write(network, card);
    }
}
