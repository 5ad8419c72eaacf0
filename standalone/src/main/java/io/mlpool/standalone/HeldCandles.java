package io.mlpool.standalone;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the pool's database holds, asked before and beside the services. */
final class HeldCandles {

    private final JdbcClient jdbc;

    HeldCandles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether there is nothing, or a replay that can go on: then a start without a source replays. */
    boolean noneButReplayed() {
        return !exists("candle") || !any("candle") || any("replay_run");
    }

    /** The interval with the most finished candles. */
    Optional<Count> most() {
        return jdbc.sql("""
                SELECT s.interval, count(*) AS candles FROM candle c JOIN series s ON s.id = c.series_id
                WHERE c.finished GROUP BY s.interval ORDER BY candles DESC LIMIT 1
                """)
                .query((row, n) -> new Count(row.getString("interval"), row.getLong("candles")))
                .optional();
    }

    /** An asset with candles of this interval, bitcoin if there is one. */
    String anAsset(String interval) {
        return jdbc.sql("""
                SELECT asset FROM series s WHERE interval = :interval AND vs_currency = 'usd'
                  AND EXISTS (SELECT 1 FROM candle WHERE series_id = s.id AND finished)
                ORDER BY asset <> 'bitcoin', asset LIMIT 1
                """).param("interval", interval).query(String.class).single();
    }

    private boolean exists(String table) {
        return jdbc.sql("SELECT to_regclass(:table) IS NOT NULL")
                .param("table", table)
                .query(Boolean.class)
                .single();
    }

    private boolean any(String table) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM %s)".formatted(table))
                .query(Boolean.class)
                .single();
    }

    /** Finished candles of an interval over all series. */
    record Count(String interval, long candles) {}
}
