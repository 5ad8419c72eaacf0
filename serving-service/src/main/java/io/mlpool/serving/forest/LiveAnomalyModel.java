package io.mlpool.serving.forest;

import io.mlpool.anomaly.AnomalyBundle;
import io.mlpool.anomaly.AnomalyManifest;
import io.mlpool.anomaly.Scorer;
import io.mlpool.model.OnnxRows;
import io.mlpool.registry.ModelVersion;
import io.mlpool.serving.live.LiveModel;
import io.mlpool.serving.live.Slot;
import java.time.Instant;

/** A live model that finds anomalies. Only within {@link io.mlpool.serving.live.LiveSlots#attend} it may be asked. */
final class LiveAnomalyModel extends LiveModel implements Scorer {

    private final AnomalyManifest manifest;
    private final OnnxRows graph;

    LiveAnomalyModel(Slot slot, ModelVersion version, AnomalyBundle bundle, Instant loadedAt, OnnxRows graph) {
        super(slot, version, bundle.bundle().header(), loadedAt);
        this.manifest = bundle.manifest();
        this.graph = graph;
    }

    AnomalyManifest manifest() {
        return manifest;
    }

    @Override
    public float[] scores(float[] rows, int count) {
        return graph.answers(rows, count);
    }

    @Override
    protected void close() {
        graph.close();
    }
}
