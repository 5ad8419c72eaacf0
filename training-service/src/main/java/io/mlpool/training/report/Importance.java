package io.mlpool.training.report;

import java.util.List;

/**
 * {@code feature_importance.json}: how much the loss rises when a feature's whole window column is exchanged between windows
 * (Breiman 2001, "Random forests"; Fisher, Rudin and Dominici 2019, "All models are wrong, but many are useful", JMLR 20).
 *
 * @param windows held-out windows that were asked about
 * @param repeats shuffles of each feature; each rise is their mean
 * @param seed of the choice and the shuffles
 * @param loss of the windows as they are: mean over horizons and levels of twice the pinball loss, after calibration
 * @param features one by one, highest first
 * @param families features whose names begin alike, shuffled together, highest first: what one of them loses another may
 *     make good
 */
record Importance(int windows, int repeats, long seed, double loss, List<Rise> features, List<Rise> families) {

    Importance {
        features = List.copyOf(features);
        families = List.copyOf(families);
    }

    /**
     * What a model loses without a feature.
     *
     * @param rise of the loss; negative when the shuffled windows happened to be answered better
     * @param standardError of {@code rise}, between windows
     * @param percent {@code rise} in percent of the loss
     */
    record Rise(String name, double rise, double standardError, double percent) {}
}
