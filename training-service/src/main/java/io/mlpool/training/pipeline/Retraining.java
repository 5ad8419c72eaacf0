package io.mlpool.training.pipeline;

import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Forecasts;

/** Models of one way over the same candles, each made of what was known before the windows that it is asked about. */
public final class Retraining {

    private final DatasetSnapshot snapshot;
    private final WindowSet windows;
    private final ModelTraining training;
    private final long seed;

    Retraining(DatasetSnapshot snapshot, WindowSet windows, ModelTraining training, long seed) {
        this.snapshot = snapshot;
        this.windows = windows;
        this.training = training;
        this.seed = seed;
    }

    /** The candles that the models are made of. */
    public DatasetSnapshot snapshot() {
        return snapshot;
    }

    /** All that can be learned from and asked about. */
    public WindowSet windows() {
        return windows;
    }

    /**
     * Trains a model and asks it; what was done before a kill is not done again.
     *
     * @param number of the model, counted from 1
     * @param of how many there are
     * @param train what it learns from, its last part being kept back to know when to stop
     * @param asked later than {@code train}, and purged
     * @return its forecasts, before calibration
     */
    public Forecasts unseen(int number, int of, WindowSet train, WindowSet asked) {
        return training.unseen(new ModelTraining.Fold(number, of, of), train, asked, seed + number);
    }
}
