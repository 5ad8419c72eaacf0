package io.mlpool.serving.risk;

import io.mlpool.model.BundleHeader;
import io.mlpool.registry.ModelVersion;
import io.mlpool.risk.RiskModel;
import io.mlpool.serving.live.LiveModel;
import io.mlpool.serving.live.Slot;
import java.time.Instant;

/** A live model that tells how likely a severe loss is. */
final class LiveRiskModel extends LiveModel {

    private final RiskModel model;

    LiveRiskModel(Slot slot, ModelVersion version, BundleHeader header, Instant loadedAt, RiskModel model) {
        super(slot, version, header, loadedAt);
        this.model = model;
    }

    /** Only within {@link io.mlpool.serving.live.LiveSlots#ask}. */
    RiskModel model() {
        return model;
    }

    @Override
    protected void close() {
        model.close();
    }
}
