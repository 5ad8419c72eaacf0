package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;

/** One rule on the way of a series' rows, oldest first; hands on what it lets pass. */
interface Stage {

    void row(RawCandle row);

    /** No row follows. */
    void end();
}
