package io.mlpool.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A tensor over memory outside of the heap, to be filled again and again; for one thread at a time. The memory serves questions of different sizes:
 * what is given back waits for the collector, which does not see how large it is.
 */
final class OnnxInput implements AutoCloseable {

    private final OrtEnvironment environment;
    private final int steps;
    private final int width;
    private final FloatBuffer values;
    private OnnxTensor tensor;

    /** @param most windows that it can hold */
    OnnxInput(OrtEnvironment environment, int most, int steps, int width) throws OrtException {
        this.environment = environment;
        this.steps = steps;
        this.width = width;
        this.values = ByteBuffer.allocateDirect(most * steps * width * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.tensor = tensor(most);
    }

    boolean canHold(int windows) {
        return windows * steps * width <= values.capacity();
    }

    /** The tensor with the first windows of these values, as many as are asked for. */
    OnnxTensor holding(float[] source, int windows) throws OrtException {
        if (tensor.getInfo().getShape()[0] != windows) {
            tensor.close();
            tensor = tensor(windows);
        }
        values.put(0, source, 0, windows * steps * width);
        return tensor;
    }

    private OnnxTensor tensor(int windows) throws OrtException {
        return OnnxTensor.createTensor(
                environment, values.slice(0, windows * steps * width), new long[] {windows, steps, width});
    }

    @Override
    public void close() {
        tensor.close();
    }
}
