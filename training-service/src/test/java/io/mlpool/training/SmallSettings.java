package io.mlpool.training;

import io.mlpool.market.Interval;
import io.mlpool.model.Horizon;
import io.mlpool.training.dataset.Replay;
import io.mlpool.training.evaluation.AsymmetricCost;
import io.mlpool.training.pipeline.TrainingSettings;
import io.mlpool.training.promotion.GateRules;
import java.util.List;
import java.util.Map;

/** Settings of trainings on some hundred hours, one and four of them ahead. */
public final class SmallSettings {

    private SmallSettings() {}

    public static TrainingSettings of(int folds) {
        return new TrainingSettings(
                Map.of(Interval.ONE_HOUR, List.of(Horizon.of("1h"), Horizon.of("4h"))),
                4,
                0.2,
                0.18,
                folds,
                100,
                10_000,
                10_000,
                new AsymmetricCost(2, 1),
                new GateRules(0.05, 50, 5),
                new Replay(0.25, 0.5));
    }
}
