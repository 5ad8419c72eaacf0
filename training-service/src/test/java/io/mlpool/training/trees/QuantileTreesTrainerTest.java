package io.mlpool.training.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.training.Trainer;
import java.util.List;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

class QuantileTreesTrainerTest extends TreesContract {

    @Override
    Trainer trainer(TreesProperties settings) {
        return new QuantileTreesTrainer(settings);
    }

    @Test
    void theGraphSendsEvenAValueOnAThresholdTheSameWay() throws XGBoostError {
        GrownTrees trees = GrownTrees.grow(
                new QuantileObjective(FEW.shape().levels()), SLOW, FEW, TEST, assignment("edges", 1, epoch -> {}));
        QuantileTrees model = new QuantileTrees(FEW.schema(), FEW.shape(), trees.horizons());
        assertAlike(model, model.graph(), onThresholds(model::trees));
    }

    @Test
    void quantilesOfTheReturnAreWhatTheyBeginWith() {
        QuantileObjective objective = new QuantileObjective(List.of(0.25, 0.5, 0.75));
        float[] outcomes = {4, 0, 3, 1, 2};
        assertThat(objective.start(outcomes)).containsExactly(1, 2, 3);
        assertThat(objective.loss(outcomes, new float[] {1, 2, 3})).isCloseTo(0.5, within(1e-9));
    }
}
