package io.mlpool.training.network;

import java.util.Map;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** What networks are trained with here. */
final class Engine {

    private Engine() {}

    /** ND4J's {@code nd4j_backend} and the {@code device}, for provenance. */
    static Map<String, String> describe() {
        boolean cpu = Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
        return Map.of("nd4j_backend", Nd4j.getBackend().getClass().getSimpleName(), "device", cpu ? "cpu" : "cuda");
    }
}
