package io.mlpool.ingest.archive;

import io.mlpool.ingest.Payload;
import java.time.Instant;

/**
 * A payload that is safely kept.
 *
 * @param payload reads from the archive now; its content is unpacked
 * @param sha256 of the content without compression, in lower-case hex
 * @param fetchedAt when it was first archived with this name and these hints: nothing later was known then
 */
public record ArchivedPayload(Payload payload, String sha256, Instant fetchedAt) {}
