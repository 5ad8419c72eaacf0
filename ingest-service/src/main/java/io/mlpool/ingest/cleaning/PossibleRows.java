package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets pass what can be a candle at all. */
final class PossibleRows implements Stage {

    private final Findings findings;
    private final Stage next;

    PossibleRows(Findings findings, Stage next) {
        this.findings = findings;
        this.next = next;
    }

    @Override
    public void row(RawCandle row) {
        Reason reason = reasonAgainst(row);
        if (reason == null) {
            next.row(row);
        } else {
            findings.add(reason, row.line(), () -> text(row));
        }
    }

    @Override
    public void end() {
        next.end();
    }

    private static @Nullable Reason reasonAgainst(RawCandle row) {
        if (!isPrice(row.open()) || !isPrice(row.high()) || !isPrice(row.low()) || !isPrice(row.close())) {
            return Reason.NOT_A_PRICE;
        }
        if (row.low() > Math.min(row.open(), row.close()) || row.high() < Math.max(row.open(), row.close())) {
            return Reason.IMPOSSIBLE_RANGE;
        }
        return row.key().interval().isAligned(row.openTime()) ? null : Reason.MISALIGNED_TIME;
    }

    private static boolean isPrice(double value) {
        return value > 0 && value <= Double.MAX_VALUE;
    }

    /** A row in a report: when, and its four prices. */
    static String text(RawCandle row) {
        return String.format(
                Locale.ROOT,
                "%s %s open %s high %s low %s close %s",
                row.key(),
                row.openTime(),
                row.open(),
                row.high(),
                row.low(),
                row.close());
    }
}
