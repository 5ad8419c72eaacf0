package io.mlpool.serving.forest;

import io.mlpool.anomaly.AnomalyBundle;
import io.mlpool.model.ModelBundle;
import io.mlpool.model.OnnxRows;
import io.mlpool.registry.ModelVersion;
import io.mlpool.serving.live.ModelFamily;
import io.mlpool.serving.live.Slot;
import java.time.Clock;

/** From a bundle to a model that may go live: graph, golden scores. */
record AnomalyModelLoading(Clock clock) implements ModelFamily.Loading<LiveAnomalyModel> {

    @Override
    public LiveAnomalyModel load(Slot slot, ModelVersion version, ModelBundle bundle) {
        AnomalyBundle anomalies = AnomalyBundle.of(bundle);
        return new LiveAnomalyModel(slot, version, anomalies, clock.instant(), proved(anomalies));
    }

    private static OnnxRows proved(AnomalyBundle bundle) {
        OnnxRows graph = bundle.load();
        try {
            bundle.golden().verify(graph::answers);
            return graph;
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }
}
