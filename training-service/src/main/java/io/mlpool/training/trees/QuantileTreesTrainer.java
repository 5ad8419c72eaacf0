package io.mlpool.training.trees;

import io.mlpool.model.Algorithm;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.WindowSet;
import java.util.Map;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Grows gradient boosted trees (Chen and Guestrin 2016, "XGBoost: a scalable tree boosting system") for each quantile of each horizon
 * on the pinball loss, from the quantiles that returns have anyway. What trees of one level say may contradict another's: it is put in
 * order (Chernozhukov, Fernández-Val and Galichon 2010, "Quantile and probability curves without crossing").
 */
@Component
@EnableConfigurationProperties(TreesProperties.class)
public final class QuantileTreesTrainer implements Trainer {

    private final TreesProperties settings;

    QuantileTreesTrainer(TreesProperties settings) {
        this.settings = settings;
    }

    @Override
    public Algorithm algorithm() {
        return Algorithm.XGBOOST;
    }

    @Override
    public Map<String, String> settings() {
        return settings.byName();
    }

    @Override
    public QuantileTreesTrainer with(Map<String, String> hyperParameters) {
        return hyperParameters.isEmpty() ? this : new QuantileTreesTrainer(settings.with(algorithm(), hyperParameters));
    }

    /**
     * {@inheritDoc}
     *
     * @throws CannotFineTuneException when there is a network to start from: trees always grow afresh
     */
    @Override
    public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
        try {
            Objective objective = new QuantileObjective(train.shape().levels());
            GrownTrees trees = GrownTrees.grow(objective, settings, train, validation, assignment);
            QuantileTrees model = new QuantileTrees(train.schema(), train.shape(), trees.horizons());
            return new TrainedModel(
                    model, model.graph(), Optional.empty(), trees.parameters(settings), TreeShares.of(trees));
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot grow trees: " + e.getMessage(), e);
        }
    }
}
