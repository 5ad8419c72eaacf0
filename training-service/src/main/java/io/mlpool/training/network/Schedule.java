package io.mlpool.training.network;

/**
 * How long a network learns, and in what steps.
 *
 * @param learningRate of Adam in the first epoch; it falls from epoch to epoch
 * @param fineTuneLearningRate the same when training goes on from a champion
 * @param batchSize windows in a step
 * @param epochs at most; the learning rate falls over them
 * @param windowsPerEpoch drawn afresh from the train slice in each epoch
 * @param validationWindows at most, evenly spaced
 * @param patience epochs without a better validation loss after which it stops
 */
record Schedule(
        double learningRate,
        double fineTuneLearningRate,
        int batchSize,
        int epochs,
        int windowsPerEpoch,
        int validationWindows,
        int patience) {

    /** Learning rate of an epoch, counted from 1: it falls in even steps, by the last epoch to a small remainder. */
    double learningRate(int epoch, boolean fineTuning) {
        double first = fineTuning ? fineTuneLearningRate : learningRate;
        return first * (1 - (epoch - 1.0) / epochs);
    }
}
