package io.mlpool.ingest.runs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.mlpool.ingest.IngestReport;
import io.mlpool.ingest.cleaning.Finding;
import io.mlpool.ingest.cleaning.Reason;
import io.mlpool.market.Interval;
import java.time.Duration;
import java.util.Locale;

/** Counts what this process took in, for whoever watches it from outside. */
public final class RunCounts {

    private final MeterRegistry meters;

    public RunCounts(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Begins all counters of a source at zero: of one that appears with its first value nobody can tell how much it rose. */
    public void expect(String source) {
        expectFacts(source);
        for (Interval interval : Interval.values()) {
            candles(source, interval.label());
        }
    }

    /** The same of a source that has no candles. */
    public void expectFacts(String source) {
        taken(source, "done");
        taken(source, "refused");
        count(source, new IngestReport.Rows(0, 0, 0, 0, 0, 0, 0));
        for (Reason reason : Reason.values()) {
            findings(source, reason.code(), reason.outcome());
        }
    }

    /** A payload was taken in, and what it brought is committed. */
    public void done(IngestReport report) {
        String source = report.source();
        taken(source, "done").record(Duration.between(report.startedAt(), report.finishedAt()));
        count(source, report.rows());
        report.series().forEach(series -> candles(source, series.interval()).increment((double) series.written()));
        report.findings().forEach(finding -> findings(source, finding.reason(), finding.outcome())
                .increment((double) finding.count()));
    }

    /** Nothing could be recognised in a payload. */
    public void refused(String source, Duration took) {
        taken(source, "refused").record(took);
    }

    private void count(String source, IngestReport.Rows rows) {
        rows(source, "dropped").increment((double) rows.dropped());
        rows(source, "added").increment((double) rows.added());
        rows(source, "replaced").increment((double) rows.replaced());
        rows(source, "unchanged").increment((double) rows.unchanged());
        rows(source, "kept_from_other_venue").increment((double) rows.keptFromOtherVenue());
    }

    private Timer taken(String source, String outcome) {
        return Timer.builder("mlpool.ingest.payload")
                .description("Time to take in a payload, from its bytes to committed candles")
                .tags("source", source, "outcome", outcome)
                .register(meters);
    }

    private Counter rows(String source, String outcome) {
        return Counter.builder("mlpool.ingest.rows")
                .description("Rows of payloads by what became of them")
                .tags("source", source, "outcome", outcome)
                .register(meters);
    }

    private Counter candles(String source, String interval) {
        return Counter.builder("mlpool.ingest.candles")
                .description("Candles that were new or changed, derived ones included")
                .tags("source", source, "interval", interval)
                .register(meters);
    }

    private Counter findings(String source, String reason, Finding.Outcome outcome) {
        return Counter.builder("mlpool.ingest.findings")
                .description("Rows that something was noticed about, by what and what was done")
                .tags(
                        "source",
                        source,
                        "reason",
                        reason,
                        "outcome",
                        outcome.name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
