package io.mlpool.serving.performance;

import io.mlpool.serving.market.MarketTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts every asset into a third by what of it is traded, once a day: whether small coins are served worse is only seen when they are looked at
 * alone.
 */
public final class Liquidity {

    private static final int DAYS = 30;

    private final JdbcClient jdbc;
    private final MarketTime time;
    private Instant lookedAt = Instant.MIN;

    Liquidity(JdbcClient jdbc, MarketTime time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    /** Measures today's thirds unless somebody has; looks once an hour. */
    public synchronized void measure() {
        Instant hour = time.now().truncatedTo(ChronoUnit.HOURS);
        if (hour.equals(lookedAt)) {
            return;
        }
        LocalDate today = hour.atOffset(ZoneOffset.UTC).toLocalDate();
        if (!isMeasured(today)) {
            measure(today);
        }
        lookedAt = hour;
    }

    private boolean isMeasured(LocalDate day) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM asset_liquidity WHERE measured_on >= :day)")
                .param("day", day)
                .query(Boolean.class)
                .single();
    }

    /** From each asset's longest candles, of which there are the fewest. What a source does not tell the volume of is in no third. */
    private void measure(LocalDate today) {
        jdbc.sql("""
                WITH chosen AS (
                  SELECT DISTINCT ON (s.asset) s.id, s.asset, i.seconds
                  FROM series s
                  JOIN (VALUES ('1d', 86400), ('4h', 14400), ('1h', 3600), ('30m', 1800), ('15m', 900), ('5m', 300), ('1m', 60))
                    AS i (interval, seconds) ON i.interval = s.interval
                  WHERE s.vs_currency = 'usd' AND EXISTS (
                    SELECT FROM candle c
                    WHERE c.series_id = s.id AND c.open_time >= :from AND c.open_time < :to AND c.finished AND c.volume > 0)
                  ORDER BY s.asset, i.seconds DESC),
                traded AS (
                  SELECT s.asset, coalesce(
                    avg(c.volume * c.close) FILTER (WHERE c.volume_kind = 1) * 86400 / min(s.seconds),
                    avg(c.volume) FILTER (WHERE c.volume_kind = 2)) AS traded
                  FROM chosen s
                  JOIN candle c ON c.series_id = s.id AND c.open_time >= :from AND c.open_time < :to AND c.finished
                  GROUP BY s.asset)
                INSERT INTO asset_liquidity (asset, traded, liquidity, measured_on)
                SELECT asset, traded,
                  (ARRAY['high', 'middle', 'low'])[ntile(3) OVER (ORDER BY traded DESC, asset)], :today
                FROM traded WHERE traded > 0
                ORDER BY asset
                ON CONFLICT (asset) DO UPDATE
                SET traded = excluded.traded, liquidity = excluded.liquidity, measured_on = excluded.measured_on
                """)
                .param("from", today.minusDays(DAYS).atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("to", today.atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("today", today)
                .update();
    }
}
