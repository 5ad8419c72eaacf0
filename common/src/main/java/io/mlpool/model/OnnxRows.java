package io.mlpool.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.mlpool.encryption.StoredFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;

/** A graph in ONNX Runtime that answers one number to each row of numbers. Safe to call from many threads, each call runs on its caller's. */
public final class OnnxRows implements AutoCloseable {

    private static final OrtEnvironment ENVIRONMENT = OnnxEnvironment.open();

    private final OrtSession session;
    private final String input;
    private final int width;

    private OnnxRows(OrtSession session, String input, int width) {
        this.session = session;
        this.input = input;
        this.width = width;
    }

    /**
     * Opens the graph of a bundle; the caller closes it.
     *
     * @param input name of its input {@code [N, width]}
     * @throws BrokenBundleException when ONNX Runtime refuses it
     */
    public static OnnxRows open(StoredFile model, String input, int width) {
        try {
            return of(model.bytes(), input, width);
        } catch (IOException e) {
            throw new BrokenBundleException("cannot read %s: %s".formatted(model.path(), e.getMessage()), e);
        }
    }

    /** The same of a graph that is not in a bundle yet. */
    public static OnnxRows of(byte[] graph, String input, int width) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return new OnnxRows(ENVIRONMENT.createSession(graph, options), input, width);
        } catch (OrtException e) {
            throw new BrokenBundleException("ONNX Runtime cannot open the graph: " + e.getMessage(), e);
        }
    }

    /**
     * The answers to some rows.
     *
     * @param rows {@code [count x width]}
     * @return {@code [count]}
     * @throws BrokenBundleException when the graph does not take or answer that
     */
    public float[] answers(float[] rows, int count) {
        FloatBuffer values = FloatBuffer.wrap(rows, 0, count * width);
        try (OnnxTensor tensor = OnnxTensor.createTensor(ENVIRONMENT, values, new long[] {count, width});
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            FloatBuffer answers = ((OnnxTensor) result.get(0)).getFloatBuffer();
            if (answers.remaining() != count) {
                throw new BrokenBundleException(
                        "the model answers %d numbers to %d rows".formatted(answers.remaining(), count));
            }
            float[] found = new float[count];
            answers.get(found);
            return found;
        } catch (OrtException e) {
            throw new BrokenBundleException("the model cannot be run: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close a session", e);
        }
    }
}
