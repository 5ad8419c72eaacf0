package io.mlpool.training.trees;

import io.mlpool.training.dataset.WindowSet;
import java.util.Map;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** What trees learn to say of each horizon: one number or several, each with trees of its own. */
interface Objective {

    /**
     * Rows to learn from.
     *
     * @param random decides which of them are turned over, where the objective has a direction
     */
    WindowTable learned(WindowSet windows, int[] positions, SplittableRandom random) throws XGBoostError;

    /** Rows to be judged by, as they are. */
    WindowTable judged(WindowSet windows, int[] positions) throws XGBoostError;

    /** The numbers that trees begin with: the best there are when rows tell nothing. */
    float[] start(float[] outcomes);

    /** Mean loss of an answer that is the same for every row. */
    double loss(float[] outcomes, float[] answer);

    /** What XGBoost is asked to minimise by the trees of a number, and to tell. */
    Map<String, Object> parameters(int number);
}
