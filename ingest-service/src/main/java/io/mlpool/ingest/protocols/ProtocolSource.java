package io.mlpool.ingest.protocols;

import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import java.io.IOException;
import java.time.Instant;

/** Where facts about protocols come from. Reading is separate from fetching, so that all can be rebuilt from the raw archive. */
public interface ProtocolSource {

    /** Lower-case name, also the folder in the raw archive. */
    String name();

    /** Whether the payload, of this source, tells of protocols. */
    boolean reads(Payload payload) throws IOException;

    /**
     * Reads such a payload to its end.
     *
     * @param fetchedAt when it was received; the day that ran then is not over
     * @throws UnreadablePayloadException when nothing can be recognised in it
     */
    Told read(Payload payload, Instant fetchedAt) throws IOException;
}
