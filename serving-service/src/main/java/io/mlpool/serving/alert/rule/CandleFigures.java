package io.mlpool.serving.alert.rule;

import io.mlpool.market.Interval;
import java.util.List;

/** How old candles are. */
final class CandleFigures {

    private CandleFigures() {}

    /** By what had come in by then; only a series without such a candle is looked at further back. */
    static List<Reading> age(Condition.StaleData stale, Question question) {
        return question.ask("""
                SELECT t.at, s.asset, extract(epoch FROM t.at - (coalesce(fresh.open_time, newest.open_time)
                         + make_interval(secs => :length))) AS value
                FROM unnest(:times::timestamptz[]) t (at)
                CROSS JOIN series s
                LEFT JOIN LATERAL (SELECT open_time FROM candle c WHERE c.series_id = s.id AND c.finished
                    AND c.open_time <= t.at - make_interval(secs => :length)
                    AND c.open_time > t.at - make_interval(secs => :length) - make_interval(secs => :older)
                    AND c.ingested_at <= t.at
                    ORDER BY open_time DESC LIMIT 1) fresh ON true
                LEFT JOIN LATERAL (SELECT open_time FROM candle c WHERE c.series_id = s.id AND c.finished
                    AND c.open_time <= t.at - make_interval(secs => :length) - make_interval(secs => :older)
                    ORDER BY open_time DESC LIMIT 1) newest ON fresh.open_time IS NULL
                WHERE s.interval = :interval AND (:assets::text[] IS NULL OR s.asset = ANY (:assets::text[]))
                  AND coalesce(fresh.open_time, newest.open_time) IS NOT NULL
                """)
                .param("interval", stale.interval())
                .param("length", (double) Interval.of(stale.interval()).seconds())
                .param("older", stale.olderThan().seconds())
                .query(Question.ofAssets(asset -> asset.with("interval", stale.interval())))
                .list();
    }
}
