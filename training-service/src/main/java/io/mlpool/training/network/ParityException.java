package io.mlpool.training.network;

/** The graph answers something else than the network it was made from; such a model is not registered. */
public final class ParityException extends RuntimeException {

    ParityException(int window, float engine, float graph, double difference) {
        super(
                "the ONNX graph says %s where the trained network says %s (window %d): they differ by %s, at most %s is rounding"
                        .formatted(graph, engine, window, difference, Parity.TOLERANCE));
    }
}
