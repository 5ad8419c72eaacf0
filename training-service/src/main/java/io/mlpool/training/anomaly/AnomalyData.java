package io.mlpool.training.anomaly;

import io.mlpool.anomaly.CandlePoints;
import io.mlpool.anomaly.Disturbance;
import io.mlpool.anomaly.LockedChanges;
import io.mlpool.anomaly.MarketReturns;
import io.mlpool.market.Interval;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.DatasetSnapshot;
import io.mlpool.training.dataset.NoDataException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The candles of a snapshot with all else that their points are made of, cut by time into what is learned from, what the threshold is set on, and what
 * judges. Between two of them lie as many candles as a disturbance lasts, so that none lies in both.
 *
 * @param locked by asset
 */
record AnomalyData(Dataset candles, Map<String, LockedChanges> locked, AnomalySettings settings) {

    DatasetSnapshot snapshot() {
        return candles.snapshot();
    }

    Interval interval() {
        return snapshot().interval();
    }

    /** All points as a model with this market sees them, in the order of the snapshot's assets. */
    PointSet points(MarketReturns market) {
        List<CandlePoints> points = candles.series().stream()
                .map(series -> CandlePoints.of(
                        series, market, locked.getOrDefault(series.key().asset(), LockedChanges.UNKNOWN)))
                .toList();
        return new PointSet(points, first(), snapshot().watermark());
    }

    MarketReturns market() {
        return MarketReturns.of(candles.series());
    }

    private Instant first() {
        return candles.series().stream()
                .filter(series -> !series.isEmpty())
                .map(series -> series.closeTime(0))
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new NoDataException(interval(), Map.of()));
    }

    PointSet train(PointSet points) {
        return points.between(points.from(), calibrationFrom(points).minus(purge()));
    }

    PointSet calibration(PointSet points) {
        return points.between(calibrationFrom(points), trainedUntil(points));
    }

    PointSet heldOut(PointSet points) {
        return after(points, trainedUntil(points));
    }

    /** What came so long after a training that no disturbance reaches from one to the other. */
    PointSet after(PointSet points, Instant trained) {
        return points.between(trained.plus(purge()), points.until());
    }

    /** Close time of the newest candle that the model is made of. */
    Instant trainedUntil(PointSet points) {
        return share(points, 1 - settings.heldOut());
    }

    private Instant calibrationFrom(PointSet points) {
        return share(points, 1 - settings.heldOut() - settings.calibration());
    }

    private Instant share(PointSet points, double share) {
        long seconds = Duration.between(points.from(), points.until()).toSeconds();
        return interval().floor(points.from().plusSeconds((long) (share * seconds)));
    }

    private Duration purge() {
        return interval().duration().multipliedBy(Disturbance.CANDLES);
    }
}
