package io.mlpool.training.run;

/** Another execution took the run over, or it is no longer running: this one may not write any more. */
public final class SupersededException extends RuntimeException {

    public SupersededException(String runId, int attempt) {
        super("attempt %d of training run %s was taken over by another execution".formatted(attempt, runId));
    }
}
