package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import org.jspecify.annotations.Nullable;

/** Of rows with the same time the one told last passes: sources repeat a row to correct it. */
final class OnePerTime implements Stage {

    private final Findings findings;
    private final Stage next;
    private @Nullable RawCandle last;

    OnePerTime(Findings findings, Stage next) {
        this.findings = findings;
        this.next = next;
    }

    @Override
    public void row(RawCandle row) {
        if (last != null) {
            if (last.openTime().equals(row.openTime())) {
                RawCandle earlier = last;
                Reason reason = sameValues(earlier, row) ? Reason.DUPLICATE : Reason.REPEATED_TIME;
                findings.add(reason, earlier.line(), () -> PossibleRows.text(earlier));
            } else {
                next.row(last);
            }
        }
        last = row;
    }

    @Override
    public void end() {
        if (last != null) {
            next.row(last);
        }
        next.end();
    }

    private static boolean sameValues(RawCandle a, RawCandle b) {
        return a.open() == b.open()
                && a.high() == b.high()
                && a.low() == b.low()
                && a.close() == b.close()
                && Double.compare(a.volumeAmount(), b.volumeAmount()) == 0
                && a.finished() == b.finished();
    }
}
