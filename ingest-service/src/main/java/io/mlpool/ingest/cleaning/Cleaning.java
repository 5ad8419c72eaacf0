package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import java.time.Instant;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Decides row by row what may be stored. The rows of a series pass one rule after the other; each rule says why it keeps something
 * back, and nothing is kept back that stands beside something bad.
 */
public final class Cleaning {

    private final Findings findings;
    private final Instant fetchedAt;

    /**
     * A cleaning of one payload.
     *
     * @param fetchedAt when the payload was received: what closed later was not finished in it
     */
    public Cleaning(Findings findings, Instant fetchedAt) {
        this.findings = findings;
        this.fetchedAt = fetchedAt;
    }

    /**
     * Hands on what may be stored, each series oldest first and each open time once.
     *
     * @param sorted as {@link RowSort} gives them
     */
    public void clean(Iterator<RawCandle> sorted, Consumer<CleanCandle> clean) {
        if (!sorted.hasNext()) {
            return;
        }
        RawCandle row = sorted.next();
        Stage rules = rules(clean);
        rules.row(row);
        while (sorted.hasNext()) {
            RawCandle following = sorted.next();
            if (!RowOrder.sameSeries(row, following)) {
                rules.end();
                rules = rules(clean);
            }
            row = following;
            rules.row(row);
        }
        rules.end();
    }

    private Stage rules(Consumer<CleanCandle> clean) {
        Stage accepted = new AcceptedRows(findings, clean);
        Stage isolated = new IsolatedPrint(findings, accepted);
        Stage single = new OnePerTime(findings, isolated);
        Stage finished = new FinishedRows(findings, fetchedAt, single);
        return new PossibleRows(findings, finished);
    }
}
