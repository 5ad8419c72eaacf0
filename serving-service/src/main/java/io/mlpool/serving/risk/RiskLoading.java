package io.mlpool.serving.risk;

import io.mlpool.model.ModelBundle;
import io.mlpool.registry.ModelVersion;
import io.mlpool.risk.RiskBundle;
import io.mlpool.risk.RiskModel;
import io.mlpool.serving.live.ModelFamily;
import io.mlpool.serving.live.Slot;
import java.time.Clock;

/** From a bundle to a model of risk that may go live: trees and golden answer. */
record RiskLoading(Clock clock) implements ModelFamily.Loading<LiveRiskModel> {

    @Override
    public LiveRiskModel load(Slot slot, ModelVersion version, ModelBundle bundle) {
        RiskBundle risk = RiskBundle.of(bundle);
        RiskModel model = risk.load();
        try {
            risk.golden().verify(model);
            return new LiveRiskModel(slot, version, bundle.header(), clock.instant(), model);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }
}
