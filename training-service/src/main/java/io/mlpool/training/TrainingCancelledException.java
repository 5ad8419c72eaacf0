package io.mlpool.training;

/** Somebody asked to stop this training; nothing of it is registered. */
public final class TrainingCancelledException extends RuntimeException {

    public TrainingCancelledException(String runId) {
        super("training run %s was cancelled".formatted(runId));
    }
}
