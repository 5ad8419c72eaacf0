package io.mlpool.ingest;

import io.mlpool.ingest.cleaning.Reason;

/** Takes what a source reads from a payload, in the payload's order. */
public interface RowSink {

    void row(RawCandle row);

    /**
     * A row that could not be read at all.
     *
     * @param line counted from 1
     * @param reason what is wrong with it, in words
     * @param text the row, shortened
     */
    void unreadable(long line, String reason, String text);

    /**
     * Something worth reporting about what is read, for example a symbol that is not mapped.
     *
     * @param line counted from 1, or 0 for the payload as a whole
     */
    default void noted(Reason reason, long line, String text) {}
}
