package io.mlpool.standalone.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.mlpool.model.OnnxForecaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** The least that ONNX Runtime's Java API takes: one buffer and one tensor that are used again for every call. */
final class BareOnnx implements AutoCloseable {

    private final OrtSession session;
    private final FloatBuffer input;
    private final OnnxTensor tensor;
    private final float[] output;

    BareOnnx(Path graph, long[] dimensions, int outputs) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(graph.toString(), options);
        }
        int size = Math.toIntExact(dimensions[0] * dimensions[1] * dimensions[2]);
        input = ByteBuffer.allocateDirect(size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        tensor = OnnxTensor.createTensor(environment, input, dimensions);
        output = new float[outputs];
    }

    float[] run(float[] windows) {
        input.clear().put(windows).flip();
        try (OrtSession.Result result = session.run(Map.of(OnnxForecaster.INPUT, tensor))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(output);
            return output;
        } catch (OrtException e) {
            throw new IllegalStateException("the yardstick of inference failed", e);
        }
    }

    @Override
    public void close() throws OrtException {
        tensor.close();
        session.close();
    }
}
