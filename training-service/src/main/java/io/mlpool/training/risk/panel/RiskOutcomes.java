package io.mlpool.training.risk.panel;

import io.mlpool.market.CandleSeries;
import io.mlpool.risk.ProtocolHistory;
import io.mlpool.risk.RiskEvent;
import io.mlpool.risk.RiskFeatures;
import io.mlpool.risk.RiskRow;
import java.time.Duration;
import java.time.Instant;

/**
 * What came of a row of one asset. Where the horizon reaches beyond the asset's candles nobody knows, and the row is left out whatever was
 * seen so far; otherwise losses would be kept and quiet rows lost. One exception: trading that ended in a loss, for then the loss is why
 * there are no more candles.
 */
final class RiskOutcomes {

    /** What is known. */
    enum Outcome {
        EVENT,
        NO_EVENT,
        NOT_KNOWN
    }

    private final CandleSeries series;
    private final ProtocolHistory protocols;
    private final RiskEvent event;
    private final Instant until;

    /**
     * Looks at the future of rows.
     *
     * @param series of the asset, all of it
     * @param until how far the pool's data go: what would happen later is not known
     */
    RiskOutcomes(CandleSeries series, ProtocolHistory protocols, RiskEvent event, Instant until) {
        this.series = series;
        this.protocols = protocols;
        this.event = event;
        this.until = until;
    }

    Outcome of(RiskRow row) {
        Instant end = row.asOf().plus(event.horizon().duration());
        if (end.isAfter(until)) {
            return Outcome.NOT_KNOWN;
        }
        int now = series.closedBy(row.asOf()) - 1;
        int last = unbrokenUntil(now, end);
        boolean fell = least(now, last) <= series.close(now) * (1 - event.drawdown());
        boolean isComplete = !series.closeTime(last).isBefore(end.minus(Duration.ofDays(1)));
        boolean endedInALoss = fell && series.close(last) <= series.close(now) * (1 - event.drawdown());
        if (!isComplete && !endedInALoss) {
            return Outcome.NOT_KNOWN;
        }
        return fell || lockedFell(row) ? Outcome.EVENT : Outcome.NO_EVENT;
    }

    private boolean lockedFell(RiskRow row) {
        return row.protocol() != null
                && protocols.leastLocked(row.protocol(), row.asOf(), event.days(), until) <= 1 - event.lockedFall();
    }

    /** Position of the last candle until {@code end} before which nobody was silent for long. */
    private int unbrokenUntil(int from, Instant end) {
        int last = from;
        int to = series.closedBy(end);
        while (last + 1 < to
                && Duration.between(series.closeTime(last), series.closeTime(last + 1))
                                .compareTo(RiskFeatures.LONGEST_SILENCE)
                        <= 0) {
            last++;
        }
        return last;
    }

    private double least(int from, int to) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = from + 1; i <= to; i++) {
            least = Math.min(least, series.close(i));
        }
        return least;
    }
}
