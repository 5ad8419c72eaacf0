package io.mlpool.training.trees;

import io.mlpool.model.Algorithm;
import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.scale.ScaleModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Grows gradient boosted trees (Chen and Guestrin 2016, "XGBoost: a scalable tree boosting system") that say how volatile each
 * horizon will be, and takes the quantiles of what is left of the returns; see {@link ScaleModel}. They learn the logarithm of the
 * volatility that came true, which of a long horizon is told with less noise than by its one return. Each horizon stops when its
 * error on the validation windows has not fallen for a while. With the same seed, data and settings it makes the same trees on one
 * machine, in one go or resumed after any epoch.
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
        try (TreesTraining training = TreesTraining.begin(settings, train, validation, assignment)) {
            while (!training.isOver()) {
                assignment.listener().finished(training.nextEpoch());
            }
            WindowSet learned = settings.refit() ? train.and(validation) : train;
            return model(learned, chosen(training.horizons(), learned, assignment), assignment);
        } catch (XGBoostError e) {
            throw new IllegalStateException("XGBoost cannot grow trees: " + e.getMessage(), e);
        }
    }

    private List<HorizonTrees> chosen(List<HorizonTrees> horizons, WindowSet learned, Assignment assignment)
            throws XGBoostError {
        return settings.refit() ? TreesTraining.regrown(settings, horizons, learned, assignment) : horizons;
    }

    private TrainedModel model(WindowSet learned, List<HorizonTrees> horizons, Assignment assignment)
            throws XGBoostError {
        ScaleModel model = ScaleModel.fit(
                new TreesScale(horizons), learned.thinned(settings.windows()), assignment.listener()::working);
        Map<String, String> parameters = settings.byName();
        for (int h = 0; h < horizons.size(); h++) {
            parameters.put(
                    "best_round_" + learned.shape().horizons().get(h),
                    Integer.toString(horizons.get(h).best()));
        }
        return new TrainedModel(model, model.graph(), Optional.empty(), parameters);
    }
}
