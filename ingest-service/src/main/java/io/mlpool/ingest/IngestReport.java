package io.mlpool.ingest;

import io.mlpool.ingest.cleaning.Finding;
import io.mlpool.ingest.loading.LoadedSeries;
import java.time.Instant;
import java.util.List;

/**
 * What became of one payload.
 *
 * @param runId number of the run in {@code ingest_run}
 * @param sha256 of the payload's uncompressed content, its address in the raw archive
 * @param startedAt UTC
 * @param finishedAt UTC, when the candles were written
 * @param rows how many rows went where
 * @param findings what was noticed, by reason, with examples; empty when there was nothing to say
 * @param series the series that the payload holds, and those derived from them
 */
public record IngestReport(
        long runId,
        String source,
        String payload,
        String sha256,
        Instant startedAt,
        Instant finishedAt,
        Rows rows,
        List<Finding> findings,
        List<SeriesSpan> series) {

    public IngestReport {
        findings = List.copyOf(findings);
        series = List.copyOf(series);
    }

    /**
     * Where the rows went: {@code read = dropped + added + replaced + unchanged + keptFromOtherVenue}.
     *
     * @param read rows (or candles made from trades) that the source told, readable or not
     * @param dropped not stored, each with a finding that says why
     * @param added candles, or facts about protocols, that were not there before
     * @param replaced those that were there with other values; of a fact the earlier version stays, too
     * @param unchanged those that were there just so
     * @param keptFromOtherVenue another venue's candle was there first and stays
     * @param derived candles of longer intervals, or facts that follow from others, that were written
     */
    public record Rows(
            long read,
            long dropped,
            long added,
            long replaced,
            long unchanged,
            long keptFromOtherVenue,
            long derived) {}

    /**
     * What the payload told of one series.
     *
     * @param venue who observed it, or {@code derived}
     * @param firstOpen open time of its oldest candle
     * @param lastOpen open time of its newest candle
     * @param candles how many of them were clean
     * @param written how many of them changed the store
     */
    public record SeriesSpan(
            String asset,
            String vsCurrency,
            String interval,
            String venue,
            Instant firstOpen,
            Instant lastOpen,
            long candles,
            long written) {

        static SeriesSpan of(LoadedSeries series) {
            return new SeriesSpan(
                    series.key().asset(),
                    series.key().vsCurrency(),
                    series.key().interval().label(),
                    series.venue(),
                    series.firstOpen(),
                    series.lastOpen(),
                    series.candles(),
                    series.written());
        }
    }

    IngestReport between(Instant start, Instant end) {
        return new IngestReport(runId, source, payload, sha256, start, end, rows, findings, series);
    }

    /** How many candles of the payload's own intervals are new or changed. */
    public long written() {
        return rows.added() + rows.replaced();
    }
}
