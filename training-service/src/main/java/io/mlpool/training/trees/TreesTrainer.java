package io.mlpool.training.trees;

import io.mlpool.model.Algorithm;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.WindowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Grows gradient boosted trees (Chen and Guestrin 2016, "XGBoost: a scalable tree boosting system") for all quantiles of a
 * horizon on the pinball loss, from the quantiles that its targets have anyway, and stops each horizon when its validation loss has
 * not fallen for a while. With the same seed, data and settings it makes the same trees on one machine, in one go or resumed after
 * any epoch.
 */
@Component
@EnableConfigurationProperties(TreesProperties.class)
public final class TreesTrainer implements Trainer {

    private final TreesProperties settings;

    TreesTrainer(TreesProperties settings) {
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
    public TreesTrainer with(Map<String, String> hyperParameters) {
        return hyperParameters.isEmpty() ? this : new TreesTrainer(settings.with(hyperParameters));
    }

    /**
     * {@inheritDoc}
     *
     * @throws CannotFineTuneException when there is a network to start from: trees always grow afresh
     */
    @Override
    public TrainedModel train(WindowSet train, WindowSet validation, Assignment assignment) {
        if (assignment.startFrom().isPresent()) {
            throw new CannotFineTuneException("trees grow afresh from every data set");
        }
        WindowColumns columns = new WindowColumns(train.schema());
        try (TreesTraining training = TreesTraining.begin(settings, train, validation, columns, assignment)) {
            while (!training.isOver()) {
                assignment.listener().finished(training.nextEpoch());
            }
            return model(train, columns, training.horizons(), settings.byName());
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot grow trees: " + e.getMessage(), e);
        }
    }

    static TrainedModel model(
            WindowSet train, WindowColumns columns, List<HorizonTrees> horizons, Map<String, String> settings)
            throws XGBoostError {
        List<List<Tree>> trees = new ArrayList<>();
        for (HorizonTrees one : horizons) {
            trees.add(trees(one));
        }
        byte[] graph = TreesGraph.write(
                train.schema(),
                train.shape(),
                horizons.stream().map(HorizonTrees::start).toList(),
                trees);
        return new TrainedModel(
                new TreesForecaster(train.shape(), columns, horizons),
                graph,
                Optional.empty(),
                parameters(train, horizons, settings));
    }

    static List<Tree> trees(HorizonTrees one) throws XGBoostError {
        List<Tree> trees = new ArrayList<>();
        for (int level = 0; level < one.models().size(); level++) {
            Booster booster = Boosting.opened(one.models().get(level));
            try {
                trees.addAll(Tree.of(booster.toByteArray("json"), level, one.best()));
            } finally {
                booster.dispose();
            }
        }
        return trees;
    }

    private static Map<String, String> parameters(
            WindowSet train, List<HorizonTrees> horizons, Map<String, String> settings) {
        Map<String, String> parameters = new TreeMap<>(settings);
        for (int h = 0; h < horizons.size(); h++) {
            parameters.put(
                    "best_round_" + train.shape().horizons().get(h),
                    Integer.toString(horizons.get(h).best()));
        }
        return parameters;
    }
}
