package io.mlpool.serving.anomalies;

import io.mlpool.market.Interval;
import io.mlpool.serving.anomaly.AlarmSettings;
import io.mlpool.serving.anomaly.DetectorSettings;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How candles are watched for anomalies.
 *
 * @param intervals of the candles; none: nothing is watched
 * @param alarmsPerWeek budget of each asset and interval; never more than one in twenty candles
 * @param shingle candles that are looked at together
 * @param history candles before the newest that a new detector learns from
 * @param patience how long a candle waits for those of the rest of the market
 * @param pollInterval between two looks for new candles
 */
@ConfigurationProperties("mlpool.anomalies")
record WatchProperties(
        @DefaultValue("1h") List<String> intervals,
        @DefaultValue("2") double alarmsPerWeek,
        @DefaultValue("1") int shingle,
        @DefaultValue("1000") int history,
        @DefaultValue("1m") Duration patience,
        @DefaultValue("10s") Duration pollInterval) {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final int MOST_SHINGLE = 24;

    WatchProperties {
        intervals = List.copyOf(intervals);
        intervals.forEach(Interval::of);
        require("alarms-per-week", alarmsPerWeek > 0 && alarmsPerWeek < Double.POSITIVE_INFINITY, alarmsPerWeek);
        require("history", history > 0, history);
        require("poll-interval", pollInterval.isPositive(), pollInterval);
        if (shingle < 1 || shingle > MOST_SHINGLE) {
            throw new IllegalArgumentException(
                    "mlpool.anomalies.shingle must lie between 1 and %d, found %d".formatted(MOST_SHINGLE, shingle));
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("mlpool.anomalies.patience must not be negative, found " + patience);
        }
    }

    List<Interval> watched() {
        return intervals.stream().map(Interval::of).toList();
    }

    DetectorSettings detector(Interval interval) {
        double share = alarmsPerWeek * interval.seconds() / WEEK.toSeconds();
        return DetectorSettings.of(CandlePoints.DIMENSIONS, shingle, Math.min(share, AlarmSettings.MOST_SHARE));
    }

    private static void require(String name, boolean positive, Object found) {
        if (!positive) {
            throw new IllegalArgumentException("mlpool.anomalies.%s must be positive, found %s".formatted(name, found));
        }
    }
}
