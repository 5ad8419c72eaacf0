package io.mlpool.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.mlpool.encryption.StoredFile;
import io.mlpool.features.FeatureSchema;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A model's graph in ONNX Runtime. Preprocessing is inside the graph: it takes raw features. Safe to call from many threads,
 * each call runs on its caller's.
 */
public final class OnnxForecaster implements Forecaster, AutoCloseable {

    /** Name of the graph's input {@code [N, steps, width]}. */
    public static final String INPUT = "window";

    /** Name of the graph's output {@code [N, horizons, levels]}. */
    public static final String OUTPUT = "quantiles";

    private static final OrtEnvironment ENVIRONMENT = OnnxEnvironment.open();

    private final OrtSession session;
    private final FeatureSchema features;
    private final ForecastShape shape;
    private final Deque<OnnxInput> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    private OnnxForecaster(OrtSession session, FeatureSchema features, ForecastShape shape) {
        this.session = session;
        this.features = features;
        this.shape = shape;
    }

    static OnnxForecaster open(StoredFile model, FeatureSchema features, ForecastShape shape) {
        try (OrtSession.SessionOptions options = singleThreaded()) {
            return new OnnxForecaster(session(model, options), features, shape);
        } catch (OrtException e) {
            throw new BrokenBundleException(
                    "ONNX Runtime cannot open %s: %s".formatted(model.path(), e.getMessage()), e);
        }
    }

    private static OrtSession session(StoredFile model, OrtSession.SessionOptions options) throws OrtException {
        if (!model.isEncrypted()) {
            return ENVIRONMENT.createSession(model.path().toString(), options);
        }
        try {
            return ENVIRONMENT.createSession(model.bytes(), options);
        } catch (IOException e) {
            throw new BrokenBundleException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Opens a graph that is not in a bundle yet; the caller closes it.
     *
     * @throws BrokenBundleException when ONNX Runtime refuses it
     */
    public static OnnxForecaster of(byte[] graph, FeatureSchema features, ForecastShape shape) {
        try (OrtSession.SessionOptions options = singleThreaded()) {
            return new OnnxForecaster(ENVIRONMENT.createSession(graph, options), features, shape);
        } catch (OrtException e) {
            throw new BrokenBundleException("ONNX Runtime cannot open the graph: " + e.getMessage(), e);
        }
    }

    @Override
    public ForecastShape shape() {
        return shape;
    }

    /**
     * Quantiles of the scaled return, before calibration.
     *
     * @throws BrokenBundleException when the graph does not take or answer the shape that its manifest promises
     */
    @Override
    public float[] forecast(float[] windows, int count) {
        try {
            OnnxInput input = input(count);
            try (OrtSession.Result result = session.run(Map.of(INPUT, input.holding(windows, count)))) {
                return values((OnnxTensor) result.get(0), count);
            } finally {
                giveBack(input);
            }
        } catch (OrtException e) {
            throw new BrokenBundleException("the model cannot be run: " + e.getMessage(), e);
        }
    }

    /** An input that nobody uses and that is large enough, else a new one: there are as many as there ever were callers at once. */
    private OnnxInput input(int count) throws OrtException {
        OnnxInput last = idle.poll();
        if (last != null && last.canHold(count)) {
            return last;
        }
        if (last != null) {
            last.close();
        }
        return new OnnxInput(ENVIRONMENT, powerOfTwo(count), features.steps(), features.width());
    }

    /** At least so many: an input grows a few times at most. */
    private static int powerOfTwo(int count) {
        return count == 1 ? 1 : Integer.highestOneBit(count - 1) << 1;
    }

    private void giveBack(OnnxInput input) {
        idle.push(input);
        if (closed) {
            closeIdle();
        }
    }

    private void closeIdle() {
        for (OnnxInput input = idle.poll(); input != null; input = idle.poll()) {
            input.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        closeIdle();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close a session", e);
        }
    }

    private static OrtSession.SessionOptions singleThreaded() throws OrtException {
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        return options;
    }

    private float[] values(OnnxTensor output, int count) {
        FloatBuffer buffer = output.getFloatBuffer();
        if (buffer.remaining() != count * shape.size()) {
            throw new BrokenBundleException("the model answers %d numbers for %d windows, its manifest promises %d each"
                    .formatted(buffer.remaining(), count, shape.size()));
        }
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
