package io.mlpool.model;

import java.util.List;

/**
 * {@code importance.json}: what a model leans on. How much its loss rises when a feature's whole window column is exchanged between windows
 * (Breiman 2001, "Random forests"; Fisher, Rudin and Dominici 2019, "All models are wrong, but many are useful", JMLR 20), and of trees
 * which features they split at and what those add to their answers.
 *
 * @param windows held-out windows that were asked about
 * @param repeats shuffles of each feature; each rise is their mean
 * @param seed of the choice and the shuffles
 * @param loss of the windows as they are: mean over horizons and levels of twice the pinball loss, after calibration
 * @param features one by one, highest first
 * @param families features whose names begin alike, shuffled together, highest first: what one of them loses another may
 *     make good
 * @param trees shares of features, highest SHAP first; of an ensemble those of its members that are trees, each with its weight; empty for a model without
 *     trees
 */
public record FeatureImportance(
        int windows,
        int repeats,
        long seed,
        double loss,
        List<Rise> features,
        List<Rise> families,
        List<TreeShare> trees) {

    public FeatureImportance {
        features = List.copyOf(features);
        families = List.copyOf(families);
        trees = List.copyOf(trees);
    }

    /** The same with the shares that features have in the model's trees. */
    public FeatureImportance with(List<TreeShare> shares) {
        return new FeatureImportance(windows, repeats, seed, loss, features, families, shares);
    }

    /**
     * What a model loses without a feature.
     *
     * @param rise of the loss; negative when the shuffled windows happened to be answered better
     * @param standardError of {@code rise}, between windows
     * @param percent {@code rise} in percent of the loss
     */
    public record Rise(String name, double rise, double standardError, double percent) {}

    /**
     * A feature's share of trees, of all horizons and levels together.
     *
     * @param gain share of all that splits took off the training loss, 0 to 1
     * @param shap share of the mean sizes of what features add to an answer, 0 to 1 (Lundberg and others 2020, "From local explanations to
     *     global understanding with explainable AI for trees", Nature Machine Intelligence 2)
     */
    public record TreeShare(String name, double gain, double shap) {}
}
