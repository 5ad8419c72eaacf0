package io.mlpool.serving.anomalies;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.readings.ReadGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the detectors are behind the candles, for metrics. */
final class WatchReading {

    private final JdbcClient jdbc;
    private final List<Interval> intervals;
    private final Clock clock;
    private final ReadGauge lag;

    WatchReading(JdbcClient jdbc, List<Interval> intervals, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.intervals = intervals;
        this.clock = clock;
        this.lag = new ReadGauge(
                meters,
                "mlpool.anomalies.lag",
                "seconds",
                "How long the candle that waits longest for its detector is finished, 0 when none does");
    }

    void take() {
        Map<Tags, Number> byInterval = new HashMap<>();
        intervals.forEach(interval -> byInterval.put(Tags.of("interval", interval.label()), lag(interval)));
        lag.set(byInterval);
    }

    private double lag(Interval interval) {
        return jdbc.sql("""
                SELECT min(waiting.open_time) FROM series s
                LEFT JOIN stream_detector d ON d.asset = s.asset AND d.vs_currency = s.vs_currency AND d.interval = s.interval
                CROSS JOIN LATERAL (
                  SELECT open_time FROM candle
                  WHERE series_id = s.id AND finished AND open_time >= coalesce(d.scored_to, :now - make_interval(secs => :seconds * 2))
                  ORDER BY open_time LIMIT 1) waiting
                WHERE s.vs_currency = :vs AND s.interval = :interval
                """)
                .param("vs", SeriesKey.USD)
                .param("interval", interval.label())
                .param("seconds", (double) interval.seconds())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, n) -> row.getTimestamp(1) == null
                        ? 0.0
                        : behind(row.getTimestamp(1).toInstant().plus(interval.duration())))
                .single();
    }

    private double behind(Instant close) {
        return Math.max(0, Duration.between(close, clock.instant()).toMillis() / 1000.0);
    }
}
