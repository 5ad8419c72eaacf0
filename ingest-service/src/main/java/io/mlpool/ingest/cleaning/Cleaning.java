package io.mlpool.ingest.cleaning;

import io.mlpool.ingest.RawCandle;
import io.mlpool.market.Candle;
import io.mlpool.market.CandleFlag;
import io.mlpool.market.Volume;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decides row by row what may be stored. */
public final class Cleaning {

    private final Findings findings;
    private final Instant fetchedAt;

    /** @param fetchedAt when the payload was received: what closed later was not finished in it */
    public Cleaning(Findings findings, Instant fetchedAt) {
        this.findings = findings;
        this.fetchedAt = fetchedAt;
    }

    /** Hands on what may be stored, each series oldest first and each open time once. */
    public void clean(Iterator<RawCandle> sorted, Consumer<CleanCandle> clean) {
        @Nullable RawCandle previous = null;
        while (sorted.hasNext()) {
            RawCandle row = sorted.next();
            if (previous != null && RowOrder.INSTANCE.compare(previous, row) == 0) {
                findings.add(Reason.DUPLICATE, row.line(), row::toString);
                continue;
            }
            previous = row;
            Candle candle;
            try {
                candle = candle(row);
            } catch (IllegalArgumentException e) {
                findings.add(Reason.NOT_A_PRICE, row.line(), e::getMessage);
                continue;
            }
            if (candle.closeTime().isAfter(fetchedAt)) {
                findings.add(Reason.UNFINISHED, row.line(), row::toString);
                continue;
            }
            clean.accept(new CleanCandle(row.key(), row.venue(), candle));
        }
    }

    private static Candle candle(RawCandle row) {
        Volume volume =
                Double.isNaN(row.volumeAmount()) ? Volume.UNKNOWN : new Volume(row.volumeAmount(), row.volumeKind());
        Set<CandleFlag> flags = row.closeOnly() ? Set.of(CandleFlag.CLOSE_ONLY) : Set.of();
        return new Candle(
                row.key().interval(),
                row.openTime(),
                row.open(),
                row.high(),
                row.low(),
                row.close(),
                volume,
                row.finished(),
                flags);
    }
}
