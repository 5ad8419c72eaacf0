package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lets finished candles pass, and one that still runs when the source says so and nothing newer is there. What would close after the
 * payload was fetched cannot be finished, whatever the source says. An export that was made in the middle of a candle and is taken in
 * later cannot be told from a whole one; a newer export of the same venue corrects that candle.
 */
final class FinishedRows implements Stage {

    private final Findings findings;
    private final Instant fetchedAt;
    private final Stage next;
    private @Nullable RawCandle running;

    FinishedRows(Findings findings, Instant fetchedAt, Stage next) {
        this.findings = findings;
        this.fetchedAt = fetchedAt;
        this.next = next;
    }

    @Override
    public void row(RawCandle row) {
        if (running != null) {
            drop(running);
            running = null;
        }
        if (row.finished() && isOver(row)) {
            next.row(row);
        } else if (row.finished() || row.openTime().isAfter(fetchedAt)) {
            drop(row);
        } else {
            running = row;
        }
    }

    @Override
    public void end() {
        RawCandle newest = running;
        if (newest != null) {
            findings.add(Reason.STILL_RUNNING, newest.line(), () -> PossibleRows.text(newest));
            next.row(newest);
        }
        next.end();
    }

    private boolean isOver(RawCandle row) {
        return row.openTime().getEpochSecond() + row.key().interval().seconds() <= fetchedAt.getEpochSecond();
    }

    private void drop(RawCandle row) {
        findings.add(Reason.UNFINISHED, row.line(), () -> PossibleRows.text(row));
    }
}
