package io.mlpool.ingest;

import io.mlpool.ingest.archive.ArchivedPayload;
import io.mlpool.ingest.archive.RawArchive;
import io.mlpool.ingest.protocols.ProtocolIngestion;

/** Any payload: it is looked into what it is about, and taken in by who knows that. */
final class IngestionByContent implements Ingestion {

    private final RawArchive archive;
    private final CandleIngestion candles;
    private final ProtocolIngestion protocols;

    IngestionByContent(RawArchive archive, CandleIngestion candles, ProtocolIngestion protocols) {
        this.archive = archive;
        this.candles = candles;
        this.protocols = protocols;
    }

    @Override
    public IngestReport ingest(Payload payload) {
        return ingest(archive.store(payload));
    }

    @Override
    public IngestReport ingest(ArchivedPayload archived) {
        return protocols.reads(archived) ? protocols.ingest(archived) : candles.ingest(archived);
    }
}
