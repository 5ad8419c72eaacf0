package io.mlpool.serving.featurestore;

import io.mlpool.market.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is still to be computed. */
final class PendingEvents {

    private static final int MOST_CHANGES = 10_000;

    private final JdbcClient jdbc;

    PendingEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A stretch of one series, both ends inclusive.
     *
     * @param seriesId 0 for the market
     * @param asset {@code market} for the market
     */
    record Stretch(int seriesId, String asset, Instant from, Instant to) {

        /** Where the newest part of it begins, which is computed at once. */
        Instant begin(Duration longest) {
            Instant begin = to.minus(longest);
            return begin.isAfter(from) ? begin : from;
        }
    }

    /** Whether candles changed that nobody followed yet. */
    boolean hasChanges() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM candle_change)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Turns changed candles into the events of all views in use that they matter to, whether this build computes the view or not: whoever
     * does finds them. All or nothing, in one statement.
     *
     * @param kept event times before are not computed any more
     * @return whether there may be more
     */
    boolean followCandles(Instant now, Instant kept) {
        return jdbc.sql("""
                WITH change AS (
                  DELETE FROM candle_change WHERE id IN (
                    SELECT id FROM candle_change ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED)
                  RETURNING series_id, first_open, last_open),
                affected AS (
                  SELECT v.id AS view_id, CASE v.entity WHEN 'asset' THEN s.id ELSE 0 END AS series_id,
                    greatest(min(c.first_open) + v.step, v.begins_at, :kept::timestamptz) AS from_event,
                    max(c.last_open) + v.reach AS to_event
                  FROM change c
                  JOIN series s ON s.id = c.series_id AND s.vs_currency = :vs
                  JOIN feature_view v ON v.interval = s.interval AND v.used_at > :unused
                    AND (v.entity = 'asset' OR s.asset = ANY(v.sources))
                  GROUP BY 1, 2, v.step, v.begins_at, v.reach),
                written AS (
                  INSERT INTO feature_pending AS held (view_id, series_id, from_event, to_event)
                  SELECT * FROM affected WHERE from_event <= to_event ORDER BY view_id, series_id
                  ON CONFLICT (view_id, series_id) DO UPDATE
                  SET from_event = least(held.from_event, excluded.from_event), to_event = greatest(held.to_event, excluded.to_event))
                SELECT count(*) FROM change
                """)
                        .param("most", MOST_CHANGES)
                        .param("vs", SeriesKey.USD)
                        .param("kept", utc(kept))
                        .param("unused", utc(now.minus(ViewRegister.UNUSED)))
                        .query(Integer.class)
                        .single()
                == MOST_CHANGES;
    }

    /** Locks some stretches of a view for the running transaction, the newest first, which end close to each other. */
    List<Stretch> take(int viewId, int most, Duration apart) {
        List<Stretch> newest = jdbc.sql("""
                SELECT p.series_id, coalesce(s.asset, 'market') AS asset, p.from_event, p.to_event
                FROM feature_pending p LEFT JOIN series s ON s.id = p.series_id
                WHERE p.view_id = :view
                ORDER BY p.to_event DESC, p.from_event DESC LIMIT :most FOR UPDATE OF p SKIP LOCKED
                """)
                .param("view", viewId)
                .param("most", most)
                .query((row, n) -> new Stretch(
                        row.getInt("series_id"),
                        row.getString("asset"),
                        row.getTimestamp("from_event").toInstant(),
                        row.getTimestamp("to_event").toInstant()))
                .list();
        return newest.stream()
                .filter(one -> !one.to().isBefore(newest.getFirst().to().minus(apart)))
                .toList();
    }

    /** Takes off what was computed of the stretches that the running transaction took: the last {@code longest} of each. */
    void done(int viewId, List<Stretch> stretches, Duration longest) {
        Integer[] series = stretches.stream().map(Stretch::seriesId).toArray(Integer[]::new);
        jdbc.sql("""
                WITH whole AS (
                  DELETE FROM feature_pending
                  WHERE view_id = :view AND series_id = ANY(:series) AND to_event <= from_event + make_interval(secs => :longest))
                UPDATE feature_pending SET to_event = to_event - make_interval(secs => :longest)
                WHERE view_id = :view AND series_id = ANY(:series) AND to_event > from_event + make_interval(secs => :longest)
                """)
                .param("view", viewId)
                .param("series", series)
                .param("longest", (double) longest.toSeconds())
                .update();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
