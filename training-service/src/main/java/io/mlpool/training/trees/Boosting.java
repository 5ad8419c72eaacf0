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

/** Trees of one horizon while they grow, in XGBoost's memory: a booster for each level. */
final class Boosting implements AutoCloseable {

    private final List<Booster> boosters = new ArrayList<>();
    private final DMatrix train;
    private final DMatrix validation;

    private Boosting(DMatrix train, DMatrix validation) {
        this.train = train;
        this.validation = validation;
    }

    /**
     * Goes on with these trees, or begins where there are none.
     *
     * @param parameters for each level
     */
    static Boosting of(HorizonTrees trees, List<Map<String, Object>> parameters, DMatrix train, DMatrix validation)
            throws XGBoostError {
        Boosting boosting = new Boosting(train, validation);
        for (int level = 0; level < parameters.size(); level++) {
            Booster booster = trees.models().isEmpty()
                    ? XGBoost.train(train, parameters.get(level), 0, Map.of(), null, null)
                    : opened(trees.models().get(level));
            booster.setParams(parameters.get(level));
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

    /** Grows a tree for each level. */
    void grow(int round) throws XGBoostError {
        for (Booster booster : boosters) {
            booster.update(train, round);
        }
    }

    /** Mean pinball loss of the windows that they do not learn from. */
    double validationLoss(int round) throws XGBoostError {
        return loss(validation, round);
    }

    double trainLoss(int round) throws XGBoostError {
        return loss(train, round);
    }

    private double loss(DMatrix matrix, int round) throws XGBoostError {
        double sum = 0;
        for (Booster booster : boosters) {
            float[] loss = new float[1];
            booster.evalSet(new DMatrix[] {matrix}, new String[] {"windows"}, round, loss);
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
