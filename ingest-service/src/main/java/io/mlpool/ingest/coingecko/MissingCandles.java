package io.mlpool.ingest.coingecko;

import io.mlpool.market.Gap;
import io.mlpool.market.SeriesKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is not held, and for which of it CoinGecko has no answer. Progress is never noted anywhere else: after a crash the work
 * goes on with what is missing.
 */
final class MissingCandles {

    private final JdbcClient jdbc;

    MissingCandles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The stretches of {@code [from, to)} without finished candles that are worth asking for at {@code now}, oldest first. What had no
     * answer is asked for again when it has become twice as old as it was then: soon after an outage that CoinGecko makes
     * good, hardly ever for what it never had.
     */
    List<Gap> worthAsking(SeriesKey key, Instant from, Instant to, Instant now) {
        return jdbc.sql("""
                WITH settled AS (
                  SELECT c.open_time FROM candle c JOIN series s ON s.id = c.series_id
                  WHERE s.asset = :asset AND s.vs_currency = :vs AND s.interval = :interval AND c.finished
                    AND c.open_time >= :from AND c.open_time < :to
                  UNION ALL
                  SELECT generate_series(GREATEST(u.from_time, :from), LEAST(u.to_time, :to) - :step, :step)
                  FROM unanswered u
                  WHERE u.source = :source AND u.asset = :asset AND u.vs_currency = :vs AND u.interval = :interval
                    AND u.from_time < :to AND u.to_time > :from
                    AND :now < u.asked_at + (u.asked_at - u.to_time)
                  UNION ALL SELECT CAST(:from AS timestamptz) - :step
                  UNION ALL SELECT CAST(:to AS timestamptz)),
                steps AS (SELECT open_time, lead(open_time) OVER (ORDER BY open_time) AS next FROM settled)
                SELECT open_time + :step AS gap_from, next AS gap_to FROM steps
                WHERE next > open_time + :step ORDER BY open_time
                """.replace(":step", "CAST(:step AS interval)"))
                .params(named(key, from, to))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, n) -> new Gap(
                        row.getTimestamp("gap_from").toInstant(),
                        row.getTimestamp("gap_to").toInstant()))
                .list();
    }

    /** Remembers that CoinGecko told nothing for the stretch, so that it is not asked at every turn. */
    void unanswered(SeriesKey key, Gap gap, Instant askedAt, String reason) {
        jdbc.sql("""
                INSERT INTO unanswered (source, asset, vs_currency, interval, from_time, to_time, asked_at, reason)
                VALUES (:source, :asset, :vs, :interval, :from, :to, :asked, :reason)
                ON CONFLICT (source, asset, vs_currency, interval, from_time) DO UPDATE
                SET to_time = GREATEST(unanswered.to_time, excluded.to_time), asked_at = excluded.asked_at,
                    reason = excluded.reason
                """)
                .params(named(key, gap.from(), gap.to()))
                .param("asked", askedAt.atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .update();
    }

    private static Map<String, Object> named(SeriesKey key, Instant from, Instant to) {
        Map<String, Object> named = new HashMap<>();
        named.put("source", CoinGeckoSource.NAME);
        named.put("asset", key.asset());
        named.put("vs", key.vsCurrency());
        named.put("interval", key.interval().label());
        named.put("from", from.atOffset(ZoneOffset.UTC));
        named.put("to", to.atOffset(ZoneOffset.UTC));
        named.put("step", key.interval().seconds() + " seconds");
        return named;
    }
}
