package io.mlpool.training.run;

/** Whether a run or a backtest that is due can be begun. */
public enum Readiness {
    /** Nothing but room is wanted. */
    READY,
    /** One that excludes it is running, here or on another replica. */
    BLOCKED,
    /** It ended, or was removed. */
    OVER
}
