package io.mlpool.serving.live;

import io.mlpool.model.BundleHeader;
import io.mlpool.registry.ModelVersion;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A model that was proved and warmed, whatever it answers. It is closed when nobody uses it any more: the slot it stands in counts
 * as one user, each running question as another.
 */
public abstract class LiveModel {

    private final Slot slot;
    private final ModelVersion version;
    private final BundleHeader header;
    private final Instant loadedAt;
    private final AtomicInteger users = new AtomicInteger(1);

    protected LiveModel(Slot slot, ModelVersion version, BundleHeader header, Instant loadedAt) {
        this.slot = slot;
        this.version = version;
        this.header = header;
        this.loadedAt = loadedAt;
    }

    public final Slot slot() {
        return slot;
    }

    public final ModelVersion version() {
        return version;
    }

    /** What its bundle says of it, whatever it answers. */
    public final BundleHeader header() {
        return header;
    }

    public final Instant loadedAt() {
        return loadedAt;
    }

    /** Gives back what it holds outside of the heap; nobody asks it any more. */
    protected abstract void close();

    /** Counts one more user; false when the model was closed meanwhile. */
    final boolean enter() {
        int before = users.getAndUpdate(count -> count == 0 ? 0 : count + 1);
        return before > 0;
    }

    /** One user less; the last one closes the model. */
    final void leave() {
        if (users.decrementAndGet() == 0) {
            close();
        }
    }
}
