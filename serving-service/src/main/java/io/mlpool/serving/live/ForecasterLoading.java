package io.mlpool.serving.live;

import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.ModelBundle;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.registry.ModelVersion;
import java.time.Clock;

/** From a bundle to a forecaster that may go live: graph, golden answer, warm-up. */
record ForecasterLoading(NativeCores cores, Clock clock) implements ModelFamily.Loading<LiveForecaster> {

    /** Runs until ONNX Runtime and the JIT have nothing left to prepare. */
    private static final int WARM_UP_RUNS = 50;

    @Override
    public LiveForecaster load(Slot slot, ModelVersion version, ModelBundle bundle) {
        ForecastBundle forecasts = ForecastBundle.of(bundle);
        requireWholeBars(forecasts.manifest());
        return new LiveForecaster(slot, version, forecasts, clock.instant(), warmed(forecasts), cores);
    }

    private static OnnxForecaster warmed(ForecastBundle bundle) {
        OnnxForecaster forecaster = bundle.load();
        try {
            bundle.golden().verify(forecaster);
            for (int i = 0; i < WARM_UP_RUNS; i++) {
                forecaster.forecast(bundle.golden().window(), 1);
            }
            return forecaster;
        } catch (RuntimeException e) {
            forecaster.close();
            throw e;
        }
    }

    private static void requireWholeBars(ForecastManifest manifest) {
        manifest.shape()
                .horizons()
                .forEach(horizon -> horizon.bars(manifest.features().interval()));
    }
}
