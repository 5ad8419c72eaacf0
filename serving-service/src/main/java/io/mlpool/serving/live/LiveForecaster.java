package io.mlpool.serving.live;

import io.mlpool.model.ForecastBundle;
import io.mlpool.model.ForecastManifest;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.registry.ModelVersion;
import java.time.Instant;

/** A live model that forecasts prices. */
public final class LiveForecaster extends LiveModel {

    private final ForecastManifest manifest;
    private final OnnxForecaster forecaster;
    private final NativeCores cores;

    LiveForecaster(
            Slot slot,
            ModelVersion version,
            ForecastBundle bundle,
            Instant loadedAt,
            OnnxForecaster forecaster,
            NativeCores cores) {
        super(slot, version, bundle.bundle().header(), loadedAt);
        this.manifest = bundle.manifest();
        this.forecaster = forecaster;
        this.cores = cores;
    }

    public ForecastManifest manifest() {
        return manifest;
    }

    /**
     * Quantiles of the scaled return, before calibration; waits for a free core. Only within {@link LiveSlots#ask}.
     *
     * @param windows {@code [count x steps x width]}
     * @return {@code [count x horizons x levels]}
     */
    public float[] forecast(float[] windows, int count) {
        return cores.run(count, () -> forecaster.forecast(windows, count));
    }

    @Override
    protected void close() {
        forecaster.close();
    }
}
