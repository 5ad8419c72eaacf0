package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import org.jspecify.annotations.Nullable;

/**
 * Holds back one close that is far from both neighbours while they agree. A real crash that recovers looks the same in its closes;
 * the difference is the next candle's open: trading goes on where it stopped, a bad print is left behind at once. Where only
 * closes are known, only what no market does passes for a bad print.
 */
final class IsolatedPrint implements Stage {

    private static final double USUAL_MOVES = 8;
    private static final double SMALLEST = 0.04;
    private static final double SMALLEST_UNTIL_KNOWN = 0.2;
    private static final double NEIGHBOURS_AGREE = 0.5;
    private static final double LEFT_BEHIND = 0.5;
    private static final double CLOSE_ONLY_SMALLEST = 0.5;
    private static final double CLOSE_ONLY_USUAL_MOVES = 20;
    private static final double CLOSE_ONLY_AGREE = 0.15;
    private static final int NEIGHBOURHOOD = 3;

    private final Findings findings;
    private final Stage next;
    private final UsualMove usual = new UsualMove();
    private @Nullable RawCandle before;
    private @Nullable RawCandle held;

    IsolatedPrint(Findings findings, Stage next) {
        this.findings = findings;
        this.next = next;
    }

    @Override
    public void row(RawCandle row) {
        if (held != null) {
            if (before != null && isBad(before, held, row)) {
                RawCandle print = held;
                RawCandle good = before;
                findings.add(
                        Reason.BAD_PRINT,
                        print.line(),
                        () -> PossibleRows.text(print)
                                + " between closes %s and %s".formatted(good.close(), row.close()));
            } else {
                pass(held);
            }
        }
        held = row;
    }

    @Override
    public void end() {
        if (held != null) {
            pass(held);
        }
        next.end();
    }

    private void pass(RawCandle row) {
        if (before != null) {
            usual.add(Math.log(row.close() / before.close()));
        }
        before = row;
        next.row(row);
    }

    private boolean isBad(RawCandle left, RawCandle print, RawCandle right) {
        double there = Math.log(print.close() / left.close());
        double back = Math.log(right.close() / print.close());
        double jump = Math.min(Math.abs(there), Math.abs(back));
        if (jump < smallest() || !areNear(left, right)) {
            return false;
        }
        double disagreement = Math.abs(there + back);
        if (print.closeOnly()) {
            return disagreement < CLOSE_ONLY_AGREE * jump
                    && jump > Math.max(CLOSE_ONLY_SMALLEST, CLOSE_ONLY_USUAL_MOVES * usual.size());
        }
        return disagreement < NEIGHBOURS_AGREE * jump
                && Math.abs(Math.log(right.open() / print.close())) > LEFT_BEHIND * Math.abs(back);
    }

    private double smallest() {
        return usual.isKnown() ? Math.max(SMALLEST, USUAL_MOVES * usual.size()) : SMALLEST_UNTIL_KNOWN;
    }

    private static boolean areNear(RawCandle left, RawCandle right) {
        long seconds = right.openTime().getEpochSecond() - left.openTime().getEpochSecond();
        return seconds <= NEIGHBOURHOOD * left.key().interval().seconds();
    }
}
