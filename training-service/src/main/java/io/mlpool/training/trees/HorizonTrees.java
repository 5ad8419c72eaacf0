package io.mlpool.training.trees;

/**
 * The trees of one horizon, and how far they are.
 *
 * @param start what they begin with
 * @param model all trees in XGBoost's format {@code ubj}; empty before the first round
 * @param grown rounds that were grown
 * @param best rounds that say it best for windows that they did not learn from; later ones do not count
 * @param bestLoss root mean squared error for those windows then
 * @param over whether it is left as it is
 */
record HorizonTrees(float start, byte[] model, int grown, int best, double bestLoss, boolean over) {

    static HorizonTrees begun(float start, double loss) {
        return new HorizonTrees(start, new byte[0], 0, 0, loss, false);
    }

    /** After one more round. */
    HorizonTrees grown(double loss, int patience) {
        int round = grown + 1;
        int bestRound = loss < bestLoss ? round : best;
        boolean inVain = round - bestRound >= patience;
        return new HorizonTrees(start, model, round, bestRound, Math.min(loss, bestLoss), inVain);
    }

    HorizonTrees with(byte[] trees) {
        return new HorizonTrees(start, trees, grown, best, bestLoss, over);
    }
}
