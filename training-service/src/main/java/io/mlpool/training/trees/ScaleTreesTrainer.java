package io.mlpool.training.trees;

import io.mlpool.model.Algorithm;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.scale.ScaleModel;
import java.util.Map;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Grows gradient boosted trees that say how volatile each horizon will be, and takes the quantiles of what is left of the returns; see
 * {@link ScaleModel}. They learn the logarithm of the volatility that came true, which of a long horizon is told with less noise than
 * by its one return.
 */
@Component
@EnableConfigurationProperties(ScaleTreesProperties.class)
public final class ScaleTreesTrainer implements Trainer {

    private final TreesProperties settings;

    @Autowired
    ScaleTreesTrainer(ScaleTreesProperties settings) {
        this(settings.trees());
    }

    ScaleTreesTrainer(TreesProperties settings) {
        this.settings = settings;
    }

    @Override
    public Algorithm algorithm() {
        return Algorithm.XGBOOST_SCALE;
    }

    @Override
    public Map<String, String> settings() {
        return settings.byName();
    }

    @Override
    public ScaleTreesTrainer with(Map<String, String> hyperParameters) {
        return hyperParameters.isEmpty() ? this : new ScaleTreesTrainer(settings.with(algorithm(), hyperParameters));
    }

    /**
     * {@inheritDoc}
     *
     * @throws CannotFineTuneException when there is a network to start from: trees always grow afresh
     */
    @Override
    public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
        try {
            GrownTrees trees = GrownTrees.grow(new ScaleObjective(), settings, train, validation, assignment);
            ScaleModel model = ScaleModel.fit(
                    new TreesScale(trees.horizons()),
                    trees.learned().thinned(settings.windows()),
                    assignment.listener()::working);
            return new TrainedModel(
                    model, model.graph(), Optional.empty(), trees.parameters(settings), TreeShares.of(trees));
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot grow trees: " + e.getMessage(), e);
        }
    }
}
