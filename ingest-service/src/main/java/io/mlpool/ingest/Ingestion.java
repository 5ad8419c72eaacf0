package io.mlpool.ingest;

import io.mlpool.ingest.archive.ArchivedPayload;

/** Takes in payloads: each is archived, read and stored, and a run tells what became of it. Doing it again changes nothing. */
public interface Ingestion {

    /**
     * Takes in one payload.
     *
     * @throws UnreadablePayloadException when nothing can be recognised in it; it stays archived, the refusal is recorded
     * @throws java.io.UncheckedIOException when it cannot be read to its end; nothing was changed
     * @throws org.springframework.dao.DataAccessException when PostgreSQL fails; nothing was changed but the archive
     */
    IngestReport ingest(Payload payload);

    /** Takes in again what lies in the archive; otherwise like {@link #ingest(Payload)}. */
    IngestReport ingest(ArchivedPayload archived);
}
