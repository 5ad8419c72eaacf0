package io.mlpool.training.trees;

import io.mlpool.training.Trainer;
import io.mlpool.training.scale.ScaleModel;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

class ScaleTreesTrainerTest extends TreesContract {

    private static final TreesProperties LONG =
            new TreesProperties(4, 0.05, 10, 0.7, 0.7, 1, 32, 60, 1, 60, 3_000, 3_000, false, 1);

    @Override
    Trainer trainer(TreesProperties settings) {
        return new ScaleTreesTrainer(settings);
    }

    @Test
    void theGraphSendsEvenAValueOnAThresholdTheSameWay() throws XGBoostError {
        GrownTrees trees = GrownTrees.grow(new ScaleObjective(), LONG, FEW, TEST, assignment("edges", 1, epoch -> {}));
        TreesScale scale = new TreesScale(trees.horizons());
        ScaleModel model = ScaleModel.fit(scale, FEW, () -> {});
        assertAlike(model, model.graph(), onThresholds(scale::trees));
    }
}
