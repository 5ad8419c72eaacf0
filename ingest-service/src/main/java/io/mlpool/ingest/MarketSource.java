package io.mlpool.ingest;

import java.io.IOException;

/** Where candles come from. Reading is separate from fetching, so that every candle can be rebuilt from the raw archive. */
public interface MarketSource {

    /** Lower-case name, also the folder in the raw archive. */
    String name();

    /**
     * Reads a payload of this source, fresh or from the archive, row by row; memory does not grow with its size.
     *
     * @throws UnreadablePayloadException when it is no payload of this source at all, saying what was expected and what to do
     */
    void read(Payload payload, RowSink sink) throws IOException;
}
