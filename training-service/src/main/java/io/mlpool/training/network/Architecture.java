package io.mlpool.training.network;

import io.mlpool.training.CannotFineTuneException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A kind of network: how one is built and drawn. */
sealed interface Architecture permits LstmNetwork, TransformerNetwork {

    /** The label of its algorithm; names its checkpoint too. */
    String name();

    Schedule schedule();

    /**
     * A network that has not learned anything yet.
     *
     * @param start quantiles that it answers, nearly, before the first step, {@code [horizons x levels]}
     */
    MultiLayerNetwork create(NetworkCard card, float[] start, long seed);

    /**
     * Checks whether training may go on from a network.
     *
     * @throws CannotFineTuneException when it is of another kind or size
     */
    void requireFit(MultiLayerNetwork network, NetworkCard card);

    /** The network with everything before and after it as an ONNX graph. */
    byte[] graph(MultiLayerNetwork network, NetworkCard card);
}
