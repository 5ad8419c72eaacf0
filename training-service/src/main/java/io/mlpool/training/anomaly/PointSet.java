package io.mlpool.training.anomaly;

import io.mlpool.anomaly.CandlePoints;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Points of several assets within a time.
 *
 * @param assets each with all of its candles
 * @param from close time (inclusive)
 * @param until close time (inclusive)
 */
record PointSet(List<CandlePoints> assets, Instant from, Instant until) {

    PointSet {
        assets = List.copyOf(assets);
    }

    /** A candle that has a point. */
    record Place(CandlePoints points, int candle) {}

    /** The candles of one asset that have a point, oldest first. */
    int[] candles(CandlePoints points) {
        return IntStream.range(0, points.size())
                .filter(i -> points.isKnown(i)
                        && !points.closeTime(i).isBefore(from)
                        && !points.closeTime(i).isAfter(until))
                .toArray();
    }

    /** All of them, asset by asset. */
    List<Place> places() {
        return assets.stream()
                .flatMap(points -> IntStream.of(candles(points)).mapToObj(i -> new Place(points, i)))
                .toList();
    }

    PointSet between(Instant start, Instant end) {
        return new PointSet(assets, start, end);
    }
}
