package io.mlpool.training.trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Trees of one horizon while they grow, in XGBoost's memory. */
final class Boosting implements AutoCloseable {

    private final Booster booster;
    private final DMatrix train;

    private Boosting(Booster booster, DMatrix train) {
        this.booster = booster;
        this.train = train;
    }

    /** Goes on with these trees, or begins where there are none. */
    static Boosting of(byte[] trees, Map<String, Object> parameters, DMatrix train) throws XGBoostError {
        Booster booster = trees.length == 0 ? XGBoost.train(train, parameters, 0, Map.of(), null, null) : opened(trees);
        booster.setParams(parameters);
        return new Boosting(booster, train);
    }

    /** Trees as they were saved; the caller disposes of them. */
    static Booster opened(byte[] trees) throws XGBoostError {
        try {
            return XGBoost.loadModel(trees);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be read", e);
        }
    }

    void grow(int round) throws XGBoostError {
        booster.update(train, round);
    }

    /** Root mean squared error. */
    double error(DMatrix windows, int round) throws XGBoostError {
        float[] error = new float[1];
        booster.evalSet(new DMatrix[] {windows}, new String[] {"windows"}, round, error);
        return error[0];
    }

    byte[] trees() throws XGBoostError {
        return booster.toByteArray("ubj");
    }

    @Override
    public void close() {
        booster.dispose();
    }
}
