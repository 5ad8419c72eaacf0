package io.mlpool.serving.anomalies;

import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the market did in each candle: the median of all assets' log returns. What is asked for the first time is written down, so
 * that whoever asks later, another replica after a crash too, is told the same. Lives as long as one look at new candles.
 */
final class MarketReturns {

    /** With fewer the market is not known. */
    private static final int LEAST_ASSETS = 3;

    private final JdbcClient jdbc;
    private final Interval interval;
    private final Map<Instant, Double> returns = new HashMap<>();
    private Instant from = Instant.MAX;

    MarketReturns(JdbcClient jdbc, Interval interval) {
        this.jdbc = jdbc;
        this.interval = interval;
    }

    /** By close time, for at least the candles that open at {@code first} to {@code last}, both inclusive. */
    Map<Instant, Double> of(Instant first, Instant last) {
        if (first.isBefore(from)) {
            remember(first, last);
            read(first, last);
            from = first;
        }
        return returns;
    }

    private void remember(Instant first, Instant last) {
        jdbc.sql("""
                INSERT INTO market_return (vs_currency, interval, at, median, assets)
                SELECT :vs, :interval, missing.at, returns.median, returns.assets
                FROM make_interval(secs => :seconds) step
                CROSS JOIN LATERAL (
                  SELECT open_time, open_time + step AS at
                  FROM generate_series(:first::timestamptz, :last::timestamptz, step) open_time
                  WHERE NOT EXISTS (
                    SELECT FROM market_return m WHERE m.vs_currency = :vs AND m.interval = :interval AND m.at = open_time + step)
                  ) missing
                CROSS JOIN LATERAL (
                  SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ln(c.close / b.close)) AS median, count(*) AS assets
                  FROM series s
                  JOIN candle c ON c.series_id = s.id AND c.finished AND c.open_time = missing.open_time
                  JOIN candle b ON b.series_id = s.id AND b.finished AND b.open_time = missing.open_time - step
                  WHERE s.vs_currency = :vs AND s.interval = :interval) returns
                WHERE returns.assets > 0
                ON CONFLICT DO NOTHING
                """)
                .param("vs", SeriesKey.USD)
                .param("interval", interval.label())
                .param("seconds", (double) interval.seconds())
                .param("first", first.atOffset(ZoneOffset.UTC))
                .param("last", last.atOffset(ZoneOffset.UTC))
                .update();
    }

    private void read(Instant first, Instant last) {
        jdbc.sql("""
                SELECT at, median FROM market_return
                WHERE vs_currency = :vs AND interval = :interval AND at > :first AND at <= :last AND assets >= :least
                """)
                .param("vs", SeriesKey.USD)
                .param("interval", interval.label())
                .param("first", first.atOffset(ZoneOffset.UTC))
                .param("last", last.plus(interval.duration()).atOffset(ZoneOffset.UTC))
                .param("least", LEAST_ASSETS)
                .query((ResultSet row) -> {
                    returns.put(row.getTimestamp(1).toInstant(), row.getDouble(2));
                });
    }
}
