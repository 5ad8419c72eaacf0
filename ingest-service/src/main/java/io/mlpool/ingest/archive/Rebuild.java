package io.mlpool.ingest.archive;

import io.mlpool.ingest.IngestReport;
import io.mlpool.ingest.Ingestion;
import io.mlpool.ingest.UnreadablePayloadException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes the whole archive in again, what was received first first. On an empty database the candles become what they were; on one
 * that holds them already nothing changes. Nothing is deleted.
 */
public final class Rebuild {

    private final RawArchive archive;
    private final Ingestion ingestion;

    public Rebuild(RawArchive archive, Ingestion ingestion) {
        this.archive = archive;
        this.ingestion = ingestion;
    }

    /**
     * Runs the rebuild. Payloads that were refused when they came are refused again; one whose content is lost does not stop
     * the others.
     *
     * @param progress told each report as soon as it is there
     */
    public Rebuilt run(Consumer<IngestReport> progress) {
        List<String> refused = new ArrayList<>();
        long candles = 0;
        List<ArchivedPayload> payloads = archive.payloads();
        for (ArchivedPayload archived : payloads) {
            try {
                IngestReport report = ingestion.ingest(archived);
                candles += report.written();
                progress.accept(report);
            } catch (UnreadablePayloadException | UncheckedIOException e) {
                refused.add(String.valueOf(e.getMessage()));
            }
        }
        return new Rebuilt(payloads.size(), candles, refused);
    }

    /**
     * What a rebuild did.
     *
     * @param payloads how many the archive holds
     * @param candlesWritten how many candles are new or changed, without derived ones
     * @param refused why payloads could not be read
     */
    public record Rebuilt(int payloads, long candlesWritten, List<String> refused) {

        public Rebuilt {
            refused = List.copyOf(refused);
        }
    }
}
