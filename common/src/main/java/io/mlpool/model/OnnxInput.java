package io.mlpool.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A tensor over memory outside of the heap, to be filled again and again; for one thread at a time. */
final class OnnxInput implements AutoCloseable {

    private final int windows;
    private final FloatBuffer values;
    private final OnnxTensor tensor;

    OnnxInput(OrtEnvironment environment, int windows, int steps, int width) throws OrtException {
        this.windows = windows;
        this.values = ByteBuffer.allocateDirect(windows * steps * width * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        this.tensor = OnnxTensor.createTensor(environment, values, new long[] {windows, steps, width});
    }

    int windows() {
        return windows;
    }

    /** The tensor with these values, of which as many are taken as it holds. */
    OnnxTensor holding(float[] source) {
        values.put(0, source, 0, values.capacity());
        return tensor;
    }

    @Override
    public void close() {
        tensor.close();
    }
}
