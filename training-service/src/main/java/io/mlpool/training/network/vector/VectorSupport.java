package io.mlpool.training.network.vector;

import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/** Whether this machine can run the layer. Must not mention a class of the Vector API, which may be missing. */
public final class VectorSupport {

    private static final boolean MODULE_PRESENT =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private VectorSupport() {}

    /** True if the Vector API is there and ND4J keeps its arrays in main memory, not on a graphics card. */
    public static boolean isPresent() {
        return MODULE_PRESENT && Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
    }

    /** Whether this JVM was started with the Vector API. */
    public static boolean isModulePresent() {
        return MODULE_PRESENT;
    }

    /** Floats in a vector of this machine; 0 if there are no vectors. */
    public static int lanes() {
        return isPresent() ? MatrixProduct.LANES : 0;
    }
}
