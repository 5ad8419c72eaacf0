package io.mlpool.ingest.replay;

/** Which times replayed candles carry. */
public enum Times {
    /** Their own: nothing that is stored claims to have happened when it did not. */
    ORIGINAL,
    /** Moved by whole intervals so that the last candle closes when it is played: the pool looks alive, its dates are made up. */
    END_NOW
}
