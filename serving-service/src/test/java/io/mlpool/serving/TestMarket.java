package io.mlpool.serving;

import io.mlpool.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes hourly candles as ingest does, notice included; prices wander up and down on a fixed curve. */
public final class TestMarket {

    /** The first candle of every asset opens here. */
    public static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    private final JdbcClient jdbc;

    public TestMarket(TestDatabase database) {
        this.jdbc = database.jdbc();
    }

    /** An asset with this many finished candles from {@link #START} on; gives the close time of the newest. */
    public Instant add(String id, String symbol, int candles) {
        jdbc.sql("INSERT INTO asset (id, symbol, name) VALUES (:id, :symbol, initcap(:id))")
                .param("id", id)
                .param("symbol", symbol)
                .update();
        jdbc.sql("INSERT INTO series (asset, vs_currency, interval) VALUES (:id, 'usd', '1h')")
                .param("id", id)
                .update();
        return extend(id, START, candles, 0);
    }

    /** More candles from {@code open} on, in one transaction with its notice; gives the close time of the newest. */
    public Instant extend(String id, Instant open, int candles, int flags) {
        jdbc.sql("""
                WITH added AS (
                  INSERT INTO candle (series_id, open_time, open, high, low, close, volume, volume_kind, flags, finished, source, ingested_at)
                  SELECT s.id, t, p, p * 1.01, p * 0.99, p, 10 + n % 7, 1, :flags, true, 'test', t
                  FROM series s,
                       generate_series(:from::timestamptz, :from::timestamptz + make_interval(hours => :candles - 1), '1 hour') t,
                       LATERAL (SELECT extract(epoch FROM t)::bigint / 3600 AS n) hours,
                       LATERAL (SELECT 100 * exp(0.02 * sin(n) + 0.05 * sin(n / 17.0) + 0.001 * (n * 7919 % 13)) AS p) price
                  WHERE s.asset = :id AND s.interval = '1h'
                  RETURNING 1)
                SELECT pg_notify('candles', json_build_object('asset', :id, 'vs_currency', 'usd', 'interval', '1h')::text)
                FROM (SELECT count(*) FROM added) counted
                """)
                .param("id", id)
                .param("from", open.atOffset(ZoneOffset.UTC))
                .param("candles", candles)
                .param("flags", flags)
                .query(rows -> {});
        return open.plus(Duration.ofHours(candles));
    }
}
