package io.mlpool.training.trees;

import io.mlpool.training.Assignment;
import io.mlpool.training.CannotFineTuneException;
import io.mlpool.training.dataset.WindowSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trees of every horizon that are done.
 *
 * @param learned all windows that there were to learn from
 * @param horizons nearest first
 */
record GrownTrees(WindowSet learned, List<HorizonTrees> horizons) {

    /**
     * Grows them. Each horizon stops when its loss on the validation windows has not fallen for a while; a refit then grows as many
     * from all windows. With the same seed, data and settings the same trees grow on one machine, in one go or resumed after any
     * epoch.
     *
     * @throws CannotFineTuneException when there is a network to start from: trees always grow afresh
     */
    static GrownTrees grow(
            Objective objective, TreesProperties settings, WindowSet train, WindowSet validation, Assignment assignment)
            throws XGBoostError {
        if (assignment.startFrom().isPresent()) {
            throw new CannotFineTuneException("trees grow afresh from every data set");
        }
        List<HorizonTrees> chosen = chosen(objective, settings, train, validation, assignment);
        if (!settings.refit()) {
            return new GrownTrees(train, chosen);
        }
        WindowSet all = train.and(validation);
        return new GrownTrees(all, TreesTraining.regrown(objective, settings, chosen, all, assignment));
    }

    private static List<HorizonTrees> chosen(
            Objective objective, TreesProperties settings, WindowSet train, WindowSet validation, Assignment assignment)
            throws XGBoostError {
        try (TreesTraining training = TreesTraining.begin(objective, settings, train, validation, assignment)) {
            while (!training.isOver()) {
                assignment.listener().finished(training.nextEpoch());
            }
            return training.horizons();
        }
    }

    /** What they were made with, and how many rounds count: {@code best_round_24h}. */
    Map<String, String> parameters(TreesProperties settings) {
        Map<String, String> parameters = new TreeMap<>(settings.byName());
        for (int h = 0; h < horizons.size(); h++) {
            parameters.put(
                    "best_round_" + learned.shape().horizons().get(h),
                    Integer.toString(horizons.get(h).best()));
        }
        return parameters;
    }
}
