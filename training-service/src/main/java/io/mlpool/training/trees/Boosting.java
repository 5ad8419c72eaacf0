package io.mlpool.training.trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trees of one horizon while they grow, in XGBoost's memory: a booster for each number that they say. */
final class Boosting implements AutoCloseable {

    private final List<Booster> boosters = new ArrayList<>();
    private final DMatrix train;

    private Boosting(DMatrix train) {
        this.train = train;
    }

    /**
     * Goes on with these trees, or begins where there are none.
     *
     * @param parameters for each number
     */
    static Boosting of(List<byte[]> trees, List<Map<String, Object>> parameters, DMatrix train) throws XGBoostError {
        Boosting boosting = new Boosting(train);
        for (int number = 0; number < parameters.size(); number++) {
            Booster booster = trees.isEmpty()
                    ? XGBoost.train(train, parameters.get(number), 0, Map.of(), null, null)
                    : opened(trees.get(number));
            booster.setParams(parameters.get(number));
            boosting.boosters.add(booster);
        }
        return boosting;
    }

    /** Trees as they were saved; the caller disposes of them. */
    static Booster opened(byte[] trees) throws XGBoostError {
        try {
            return XGBoost.loadModel(trees);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
    }

    /** Grows a tree for each number. */
    void grow(int round) throws XGBoostError {
        for (Booster booster : boosters) {
            booster.update(train, round);
        }
    }

    /** Mean loss over the numbers, each as its objective says. */
    double loss(DMatrix windows, int round) throws XGBoostError {
        double sum = 0;
        for (Booster booster : boosters) {
            float[] loss = new float[1];
            booster.evalSet(new DMatrix[] {windows}, new String[] {"windows"}, round, loss);
            sum += loss[0];
        }
        return sum / boosters.size();
    }

    List<byte[]> trees() throws XGBoostError {
        List<byte[]> trees = new ArrayList<>();
        for (Booster booster : boosters) {
            trees.add(booster.toByteArray("ubj"));
        }
        return trees;
    }

    @Override
    public void close() {
        boosters.forEach(Booster::dispose);
    }
}
