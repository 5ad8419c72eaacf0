package io.mlpool.serving.anomalies;

import io.mlpool.market.Interval;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.Volume;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finished candles in PostgreSQL, and which of them no detector has seen. */
final class WatchedCandles {

    private final JdbcClient jdbc;

    WatchedCandles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Assets with candles that open at {@code until} or before and that their detector has not seen. */
    List<String> due(Interval interval, Instant until) {
        return jdbc.sql("""
                SELECT s.asset FROM series s
                CROSS JOIN LATERAL (
                  SELECT open_time FROM candle WHERE series_id = s.id AND finished AND open_time <= :until
                  ORDER BY open_time DESC LIMIT 1) newest
                LEFT JOIN stream_detector d ON d.asset = s.asset AND d.vs_currency = s.vs_currency AND d.interval = s.interval
                WHERE s.vs_currency = :vs AND s.interval = :interval AND (d.scored_to IS NULL OR newest.open_time >= d.scored_to)
                ORDER BY s.asset
                """)
                .param("vs", SeriesKey.USD)
                .param("interval", interval.label())
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    /** The newest candles that open at {@code until} or before, oldest first. */
    List<WatchedCandle> newest(String asset, Interval interval, Instant until, int limit) {
        return candles(asset, interval, Instant.EPOCH, until, "DESC", limit).reversed();
    }

    /** The next candles that open from {@code from} to {@code until}, both inclusive, oldest first. */
    List<WatchedCandle> next(String asset, Interval interval, Instant from, Instant until, int limit) {
        return candles(asset, interval, from, until, "ASC", limit);
    }

    private List<WatchedCandle> candles(
            String asset, Interval interval, Instant from, Instant until, String order, int limit) {
        return jdbc.sql("""
                SELECT c.open_time, c.high, c.low, c.close, c.volume, c.volume_kind, c.flags
                FROM series s JOIN candle c ON c.series_id = s.id
                WHERE s.asset = :asset AND s.vs_currency = :vs AND s.interval = :interval AND c.finished
                  AND c.open_time BETWEEN :from AND :until
                ORDER BY c.open_time %s LIMIT :limit
                """.formatted(order))
                .param("asset", asset)
                .param("vs", SeriesKey.USD)
                .param("interval", interval.label())
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("limit", limit)
                .query((row, n) -> candle(row))
                .list();
    }

    private static WatchedCandle candle(ResultSet row) throws SQLException {
        return new WatchedCandle(
                row.getTimestamp("open_time").toInstant(),
                row.getDouble("high"),
                row.getDouble("low"),
                row.getDouble("close"),
                new Volume(row.getDouble("volume"), Volume.Kind.of(row.getInt("volume_kind"))),
                row.getInt("flags"));
    }
}
