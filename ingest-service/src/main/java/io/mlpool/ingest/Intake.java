package io.mlpool.ingest;

import io.mlpool.ingest.archive.ArchivedPayload;
import io.mlpool.ingest.cleaning.Findings;
import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.ingest.cleaning.RowSort;
import io.mlpool.ingest.loading.LoadedSeries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a payload to its end, counts its rows and brings them into order. */
final class Intake implements RowSink, AutoCloseable {

    final RowSort rows = new RowSort();
    final Findings findings = new Findings();
    private long read;
    private @Nullable RawCandle last;

    static Intake read(ArchivedPayload archived, MarketSource source) {
        Intake intake = new Intake();
        try {
            source.read(archived.payload(), intake);
            return intake;
        } catch (IOException e) {
            intake.close();
            throw new UncheckedIOException(
                    "%s could not be read from the archive: %s"
                            .formatted(archived.payload().name(), e.getMessage()),
                    e);
        } catch (RuntimeException e) {
            intake.close();
            throw e;
        }
    }

    @Override
    public void row(RawCandle row) {
        read++;
        if (last != null
                && row.openTime().isBefore(last.openTime())
                && row.key().equals(last.key())) {
            findings.add(Reason.WRONG_ORDER, row.line(), () -> row.openTime().toString());
        }
        last = row;
        rows.add(row);
    }

    @Override
    public void unreadable(long line, String reason, String text) {
        read++;
        findings.add(Reason.UNREADABLE, line, () -> reason + ": " + text);
    }

    @Override
    public void noted(Reason reason, long line, String text) {
        findings.add(reason, line, () -> text);
    }

    /** What became of the payload; the times are still to be told. */
    IngestReport report(long runId, ArchivedPayload archived, List<LoadedSeries> loaded, List<LoadedSeries> derived) {
        return new IngestReport(
                runId,
                archived.payload().source(),
                archived.payload().name(),
                archived.sha256(),
                archived.fetchedAt(),
                archived.fetchedAt(),
                new IngestReport.Rows(
                        read,
                        findings.dropped(),
                        sum(loaded, LoadedSeries::added),
                        sum(loaded, LoadedSeries::replaced),
                        sum(loaded, LoadedSeries::unchanged),
                        sum(loaded, LoadedSeries::keptFromOtherVenue),
                        sum(derived, LoadedSeries::written)),
                findings.list(),
                Stream.concat(loaded.stream(), derived.stream())
                        .map(IngestReport.SeriesSpan::of)
                        .toList());
    }

    private static long sum(List<LoadedSeries> series, ToLongFunction<LoadedSeries> count) {
        return series.stream().mapToLong(count).sum();
    }

    @Override
    public void close() {
        rows.close();
    }
}
