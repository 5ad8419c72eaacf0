package io.mlpool.standalone.bench;

import ai.onnxruntime.OrtException;
import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.OnnxForecaster;
import java.util.function.Consumer;

/** A forecast as serving makes it against a bare loop over ONNX Runtime, on a trained network. */
final class InferenceBenchmark implements Benchmark {

    private static final int PAIRS = 15;
    private static final double SECONDS = 0.3;

    private final Printout out;
    private final BenchModel model;

    InferenceBenchmark(Printout out, BenchModel model) {
        this.out = out;
        this.model = model;
    }

    @Override
    public void run() {
        ForecastBundle bundle = ForecastBundle.of(model.registry().fetch(model.version()));
        ForecastManifest manifest = bundle.manifest();
        out.title("inference: OnnxForecaster, %d steps by %d features, one thread"
                .formatted(manifest.features().steps(), manifest.features().width()));
        try (OnnxForecaster forecaster = bundle.load()) {
            compare(forecaster, bundle, 1);
            compare(forecaster, bundle, 256);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot open the trained graph", e);
        }
    }

    private void compare(OnnxForecaster forecaster, ForecastBundle bundle, int count) throws OrtException {
        float[] windows = repeated(bundle.golden().window(), count);
        ForecastManifest manifest = bundle.manifest();
        long[] dimensions = {
            count, manifest.features().steps(), manifest.features().width()
        };
        int outputs = count * manifest.shape().size();
        try (BareOnnx bare = new BareOnnx(bundle.bundle().directory().resolve("model.onnx"), dimensions, outputs)) {
            Paired micros = Paired.alternately(
                    PAIRS,
                    () -> micros(windows, input -> forecaster.forecast(input, count)),
                    () -> micros(windows, bare::run));
            out.line(
                    "%3d window%s %,.1f us, bare ONNX Runtime %,.1f us: %s, aim 1.30 or less; %,.0f windows/s",
                    count,
                    count == 1 ? ": " : "s:",
                    micros.measured(),
                    micros.yardstick(),
                    Printout.ratio(micros),
                    count / micros.measured() * 1e6);
        }
    }

    private static double micros(float[] windows, Consumer<float[]> inference) {
        Stopwatch watch = Stopwatch.start();
        int calls = 0;
        do {
            inference.accept(windows);
            calls++;
        } while (watch.seconds() < SECONDS);
        return watch.seconds() * 1e6 / calls;
    }

    private static float[] repeated(float[] window, int count) {
        float[] windows = new float[window.length * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(window, 0, windows, i * window.length, window.length);
        }
        return windows;
    }
}
