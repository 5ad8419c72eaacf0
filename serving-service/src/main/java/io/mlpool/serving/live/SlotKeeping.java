package io.mlpool.serving.live;

import io.mlpool.model.BrokenBundleException;
import io.mlpool.registry.ModelRegistry;
import io.mlpool.registry.ModelVersion;
import io.mlpool.registry.UnknownVersionException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings one version into one slot, or empties it. What cannot go live leaves the slot as it is. */
final class SlotKeeping {

    private static final Logger LOG = LoggerFactory.getLogger(SlotKeeping.class);

    private final ModelRegistry registry;
    private final ModelFamilies families;
    private final Rejections rejections;

    SlotKeeping(ModelRegistry registry, ModelFamilies families, Rejections rejections) {
        this.registry = registry;
        this.families = families;
        this.rejections = rejections;
    }

    /**
     * Sees to it that this version is live.
     *
     * @param doubtful whether the registry was away, and may have come back as another one that counts its versions anew
     * @return whether another version is live than before
     */
    boolean fill(Slot slot, int version, boolean doubtful) {
        if (isThere(slot, version) && !(doubtful && isAnother(slot, version))) {
            rejections.forget(slot);
            return false;
        }
        return !rejections.isLeftAlone(slot, version) && bringIn(slot, version);
    }

    /** Gives whether something was live there. */
    boolean empty(Slot slot) {
        rejections.forget(slot);
        Optional<LiveModel> there = families.find(slot);
        there.ifPresent(model -> {
            family(slot).live().takeOut(slot);
            LOG.warn(
                    "{} is empty: its alias was taken away or its version deleted; version {} answers no more",
                    slot,
                    model.version().version());
        });
        return there.isPresent();
    }

    /** Brings in this version; throws when that does not work. */
    void begin(Slot slot, ModelVersion version) {
        family(slot).begin(registry, slot, version);
        LOG.info("{} is live with version {}", slot, version.version());
    }

    private boolean isThere(Slot slot, int version) {
        return families.find(slot)
                .filter(model -> model.version().version() == version)
                .isPresent();
    }

    private boolean isAnother(Slot slot, int version) {
        ModelVersion found = registered(slot, version);
        return families.find(slot)
                .map(LiveModel::version)
                .filter(there ->
                        there.runId().equals(found.runId()) && there.createdAt().equals(found.createdAt()))
                .isEmpty();
    }

    private ModelFamily<?> family(Slot slot) {
        return families.of(slot.model())
                .orElseThrow(() -> new IllegalArgumentException("serving takes no models called " + slot.model()));
    }

    private ModelVersion registered(Slot slot, int version) {
        return registry.find(slot.model(), version)
                .orElseThrow(() -> new UnknownVersionException(slot.model(), version));
    }

    private boolean bringIn(Slot slot, int version) {
        try {
            begin(slot, registered(slot, version));
            rejections.forget(slot);
            return true;
        } catch (BrokenBundleException e) {
            rejections.add(slot, version, String.valueOf(e.getMessage()));
            LOG.error(
                    "{} stays {}, version {} cannot go live: {}",
                    slot,
                    families.find(slot)
                            .map(model -> "with version " + model.version().version())
                            .orElse("empty"),
                    version,
                    e.getMessage());
            return false;
        }
    }
}
