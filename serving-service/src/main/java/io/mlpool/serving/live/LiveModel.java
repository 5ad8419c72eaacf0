package io.mlpool.serving.live;

import io.mlpool.model.BundleManifest;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.registry.ModelVersion;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model that was proved and warmed. Its session is closed when nobody uses it any more: the slot it stands in counts as one
 * user, each running question as another.
 */
public final class LiveModel {

    private final Slot slot;
    private final ModelVersion version;
    private final BundleManifest manifest;
    private final Instant loadedAt;
    private final OnnxForecaster forecaster;
    private final NativeCores cores;
    private final AtomicInteger users = new AtomicInteger(1);

    LiveModel(
            Slot slot,
            ModelVersion version,
            BundleManifest manifest,
            Instant loadedAt,
            OnnxForecaster forecaster,
            NativeCores cores) {
        this.slot = slot;
        this.version = version;
        this.manifest = manifest;
        this.loadedAt = loadedAt;
        this.forecaster = forecaster;
        this.cores = cores;
    }

    public Slot slot() {
        return slot;
    }

    public ModelVersion version() {
        return version;
    }

    public BundleManifest manifest() {
        return manifest;
    }

    public Instant loadedAt() {
        return loadedAt;
    }

    /**
     * Quantiles of the scaled return, before calibration; waits for a free core. Only within {@link LiveModels#ask}.
     *
     * @param windows {@code [count x steps x width]}
     * @return {@code [count x horizons x levels]}
     */
    public float[] forecast(float[] windows, int count) {
        return cores.run(count, () -> forecaster.forecast(windows, count));
    }

    /** Counts one more user; false when the model was closed meanwhile. */
    boolean enter() {
        int before = users.getAndUpdate(count -> count == 0 ? 0 : count + 1);
        return before > 0;
    }

    /** One user less; the last one closes the session. */
    void leave() {
        if (users.decrementAndGet() == 0) {
            forecaster.close();
        }
    }
}
