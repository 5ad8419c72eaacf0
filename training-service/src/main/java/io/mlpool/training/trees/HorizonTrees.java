package io.mlpool.training.trees;

import java.util.List;

/**
 * The trees of one horizon, and how far they are. Each number that they say has trees of its own.
 *
 * @param start what they begin with, one for each number
 * @param models all trees of each number in XGBoost's format {@code ubj}; none before the first round
 * @param grown rounds that were grown
 * @param best rounds that say it best for windows that they did not learn from; later ones do not count
 * @param bestLoss mean loss of those windows then
 * @param over whether it is left as it is
 */
record HorizonTrees(float[] start, List<byte[]> models, int grown, int best, double bestLoss, boolean over) {

    HorizonTrees {
        models = List.copyOf(models);
    }

    static HorizonTrees begun(float[] start, double loss) {
        return new HorizonTrees(start, List.of(), 0, 0, loss, false);
    }

    /** After one more round. */
    HorizonTrees grown(double loss, int patience) {
        int round = grown + 1;
        int bestRound = loss < bestLoss ? round : best;
        boolean inVain = round - bestRound >= patience;
        return new HorizonTrees(start, models, round, bestRound, Math.min(loss, bestLoss), inVain);
    }

    HorizonTrees with(List<byte[]> trees) {
        return new HorizonTrees(start, trees, grown, best, bestLoss, over);
    }
}
