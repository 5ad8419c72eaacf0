package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import io.mlpool.market.Candle;
import io.mlpool.market.CandleFlag;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes candles of the rows that came this far: completes those of sources that know only closes, notices when a ticker goes on as
 * another coin, flags what a reader should know.
 */
final class AcceptedRows implements Stage {

    private static final Duration SILENCE = Duration.ofDays(3);
    private static final double ANOTHER_COIN = Math.log(20);
    private static final double EXTREME = 0.05;
    private static final double EXTREME_USUAL_MOVES = 10;

    private final Findings findings;
    private final Consumer<CleanCandle> clean;
    private UsualMove usual = new UsualMove();
    private @Nullable RawCandle before;
    private @Nullable SeriesKey reusedAs;

    AcceptedRows(Findings findings, Consumer<CleanCandle> clean) {
        this.findings = findings;
        this.clean = clean;
    }

    @Override
    public void row(RawCandle row) {
        if (before != null && isAnotherCoin(before, row)) {
            beginAnotherCoin(before, row);
        }
        SeriesKey key = reusedAs == null ? row.key() : reusedAs;
        clean.accept(new CleanCandle(key, row.venue(), candle(row)));
        before = row;
    }

    @Override
    public void end() {
        before = null;
    }

    private static boolean isAnotherCoin(RawCandle last, RawCandle row) {
        long silence = row.openTime().getEpochSecond() - last.openTime().getEpochSecond();
        return silence >= Math.max(SILENCE.toSeconds(), 3 * row.key().interval().seconds())
                && Math.abs(Math.log(row.close() / last.close())) >= ANOTHER_COIN;
    }

    private void beginAnotherCoin(RawCandle last, RawCandle row) {
        LocalDate day = LocalDate.ofInstant(row.openTime(), ZoneOffset.UTC);
        SeriesKey key = row.key();
        SeriesKey other = new SeriesKey(key.asset() + "~" + day, key.vsCurrency(), key.interval());
        findings.add(Reason.TICKER_REUSED, row.line(), () -> "%s: %s at %s, then %s at %s; from there on %s"
                .formatted(key, last.close(), last.openTime(), row.close(), row.openTime(), other.asset()));
        reusedAs = other;
        before = null;
        usual = new UsualMove();
    }

    private Candle candle(RawCandle row) {
        double open = row.closeOnly() && follows(row) ? closeBefore() : row.open();
        return new Candle(
                row.key().interval(),
                row.openTime(),
                open,
                Math.max(row.high(), open),
                Math.min(row.low(), open),
                row.close(),
                volume(row),
                row.finished(),
                flags(row));
    }

    private boolean follows(RawCandle row) {
        return before != null
                && before.openTime().getEpochSecond() + row.key().interval().seconds()
                        == row.openTime().getEpochSecond();
    }

    private double closeBefore() {
        return before == null ? Double.NaN : before.close();
    }

    private Volume volume(RawCandle row) {
        double amount = row.volumeAmount();
        if (Double.isNaN(amount) || row.volumeKind() == Volume.Kind.UNKNOWN) {
            return Volume.UNKNOWN;
        }
        if (amount < 0 || Double.isInfinite(amount)) {
            findings.add(Reason.BAD_VOLUME, row.line(), () -> "volume " + amount);
            return Volume.UNKNOWN;
        }
        return new Volume(amount, row.volumeKind());
    }

    private Set<CandleFlag> flags(RawCandle row) {
        boolean extreme = isExtreme(row);
        boolean quiet = row.volumeKind() == Volume.Kind.BASE && row.volumeAmount() == 0 && row.high() == row.low();
        if (!extreme && !quiet && !row.closeOnly()) {
            return Set.of();
        }
        EnumSet<CandleFlag> flags = EnumSet.noneOf(CandleFlag.class);
        if (extreme) {
            flags.add(CandleFlag.EXTREME_MOVE);
            findings.add(Reason.EXTREME_MOVE, row.line(), () -> PossibleRows.text(row) + " after " + closeBefore());
        }
        if (quiet) {
            flags.add(CandleFlag.NO_TRADES);
            findings.add(Reason.NO_TRADES, row.line(), () -> PossibleRows.text(row));
        }
        if (row.closeOnly()) {
            flags.add(CandleFlag.CLOSE_ONLY);
        }
        return flags;
    }

    private boolean isExtreme(RawCandle row) {
        if (before == null) {
            return false;
        }
        double move = Math.log(row.close() / before.close());
        boolean extreme = usual.isKnown() && Math.abs(move) > Math.max(EXTREME, EXTREME_USUAL_MOVES * usual.size());
        usual.add(move);
        return extreme;
    }
}
