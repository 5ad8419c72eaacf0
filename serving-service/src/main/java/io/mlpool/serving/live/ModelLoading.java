package io.mlpool.serving.live;

import io.mlpool.mlflow.MlflowException;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.BundleManifest;
import io.mlpool.model.ModelBundle;
import io.mlpool.model.OnnxForecaster;
import io.mlpool.registry.BundleNotKeptException;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import java.time.Clock;
import java.util.concurrent.CancellationException;

/** From a registered version to a model that may go live: digests, graph, golden answer, warm-up. */
final class ModelLoading {

    /** Runs until ONNX Runtime and the JIT have nothing left to prepare. */
    private static final int WARM_UP_RUNS = 50;

    private final ModelRegistry registry;
    private final NativeCores cores;
    private final Clock clock;

    ModelLoading(ModelRegistry registry, NativeCores cores, Clock clock) {
        this.registry = registry;
        this.cores = cores;
        this.clock = clock;
    }

    /**
     * The version as a live model.
     *
     * @throws BrokenBundleException when it must not be served
     * @throws MlflowException when the registry cannot give it now
     * @throws BundleNotKeptException when this machine cannot take it now
     * @throws CancellationException when the service ends
     */
    LiveModel load(Slot slot, ModelVersion version) {
        try {
            ModelBundle bundle = registry.fetch(version);
            requireItsOwn(bundle, version);
            requireWholeBars(bundle.manifest());
            return new LiveModel(slot, version, bundle.manifest(), clock.instant(), warmed(bundle), cores);
        } catch (BrokenBundleException | MlflowException | BundleNotKeptException | CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new BrokenBundleException(
                    "version %d of %s cannot be loaded: %s".formatted(version.version(), version.model(), e), e);
        }
    }

    /** Loads a version only to see that it can be. */
    void prove(Slot slot, ModelVersion version) {
        load(slot, version).leave();
    }

    private static OnnxForecaster warmed(ModelBundle bundle) {
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

    private static void requireWholeBars(BundleManifest manifest) {
        manifest.shape()
                .horizons()
                .forEach(horizon -> horizon.bars(manifest.features().interval()));
    }

    private static void requireItsOwn(ModelBundle bundle, ModelVersion version) {
        if (!bundle.manifest().model().equals(version.model())) {
            throw new BrokenBundleException("the bundle of %s version %d was made for %s"
                    .formatted(
                            version.model(),
                            version.version(),
                            bundle.manifest().model()));
        }
    }
}
