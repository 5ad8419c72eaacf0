package io.mlpool.training.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.Sample;
import java.util.List;
import java.util.SplittableRandom;
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
    void halfOfTheWindowsAreLearnedFromUpsideDownAndNoneIsJudgedSo() throws XGBoostError {
        QuantileObjective objective = new QuantileObjective(FEW.shape().levels());
        int[] positions = Sample.evenly(FEW.size() - 4, 400);
        try (WindowTable learned = objective.learned(FEW, positions, new SplittableRandom(3));
                WindowTable judged = objective.judged(FEW, positions)) {
            int turned = 0;
            for (int i = 0; i < positions.length; i++) {
                float target = FEW.target(positions[i], 1);
                assertThat(judged.outcomes(1)[i]).isEqualTo(target);
                assertThat(Math.abs(learned.outcomes(1)[i])).isEqualTo(Math.abs(target));
                turned += learned.outcomes(1)[i] == target ? 0 : 1;
            }
            assertThat(turned).isBetween(160, 240);
        }
    }

    @Test
    void quantilesOfTheReturnAreWhatTheyBeginWith() {
        QuantileObjective objective = new QuantileObjective(List.of(0.25, 0.5, 0.75));
        float[] outcomes = {4, 0, 3, 1, 2};
        assertThat(objective.start(outcomes)).containsExactly(1, 2, 3);
        assertThat(objective.loss(outcomes, new float[] {1, 2, 3})).isCloseTo(0.5, within(1e-9));
    }
}
