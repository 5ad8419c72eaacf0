package io.mlpool.training.run;

/** Where else the team follows runs; the journal in the database is complete without it. */
@FunctionalInterface
public interface RunTracking {

    /** Tells what happened in a run since the last time. Never throws for a server that is away: somebody tries again. */
    void tell(String runId);
}
