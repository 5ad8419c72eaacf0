package io.mlpool.serving.live;

import io.mlpool.mlflow.MlflowException;
import io.mlpool.model.BrokenBundleException;
import io.mlpool.model.ModelBundle;
import io.mlpool.registry.BundleNotKeptException;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import java.util.concurrent.CancellationException;

/**
 * The registered models of one task: what they are called, how one is made to answer, and those that are live.
 *
 * @param prefix that their names begin with, {@code price-}
 * @param live where they stand
 * @param loading from a bundle whose digests were verified to a model that may go live
 */
public record ModelFamily<M extends LiveModel>(String prefix, LiveSlots<M> live, Loading<M> loading) {

    /** Makes a live model of a bundle. */
    @FunctionalInterface
    public interface Loading<M> {

        /** Opens it, asks for its golden answer and warms it; throws {@link BrokenBundleException} when it must not be served. */
        M load(Slot slot, ModelVersion version, ModelBundle bundle);
    }

    boolean holds(String model) {
        return model.startsWith(prefix);
    }

    /** Brings in this version; throws as {@link #prove} does. */
    void begin(ModelRegistry registry, Slot slot, ModelVersion version) {
        live.swapIn(load(registry, slot, version));
    }

    /**
     * Loads a version only to see that it can be.
     *
     * @throws BrokenBundleException when it must not be served
     * @throws MlflowException when the registry cannot give it now
     * @throws BundleNotKeptException when this machine cannot take it now
     * @throws CancellationException when the service ends
     */
    void prove(ModelRegistry registry, Slot slot, ModelVersion version) {
        load(registry, slot, version).leave();
    }

    private M load(ModelRegistry registry, Slot slot, ModelVersion version) {
        try {
            ModelBundle bundle = registry.fetch(version);
            requireItsOwn(bundle, version);
            return loading.load(slot, version, bundle);
        } catch (BrokenBundleException | MlflowException | BundleNotKeptException | CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new BrokenBundleException(
                    "version %d of %s cannot be loaded: %s".formatted(version.version(), version.model(), e), e);
        }
    }

    private static void requireItsOwn(ModelBundle bundle, ModelVersion version) {
        if (!bundle.header().model().equals(version.model())) {
            throw new BrokenBundleException("the bundle of %s version %d was made for %s"
                    .formatted(
                            version.model(), version.version(), bundle.header().model()));
        }
    }
}
