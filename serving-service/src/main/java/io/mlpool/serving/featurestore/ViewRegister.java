package io.mlpool.serving.featurestore;

import io.mlpool.featurestore.PublishedView;
import io.mlpool.featurestore.ViewDefinition;
import io.mlpool.market.SeriesKey;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Which views builds in use compute; one that joins, or comes back after a while, is due for all series from its beginning on. */
final class ViewRegister {

    /** A view that no build was seen with for so long is left alone. */
    static final Duration UNUSED = Duration.ofDays(1);

    private static final Duration SEEN = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Duration backfill;
    private final Duration retention;

    ViewRegister(JdbcClient jdbc, TransactionTemplate transaction, Duration backfill, Duration retention) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.backfill = backfill;
        this.retention = retention;
    }

    /**
     * Says that the view is in use. Whoever writes a view's row and stretches of it that are to be computed locks the row first, here and everywhere, so
     * that two never wait for each other.
     *
     * @param newest close time of the newest candle
     * @return its number
     */
    int use(PublishedView view, Instant now, Instant newest) {
        return seen(view, now.minus(SEEN))
                .orElseGet(() -> transaction.execute(status -> register(view, now, newest.minus(retention))));
    }

    /**
     * Where all candles are older than a view's beginning, which lies before its first start, it begins before the newest of them.
     *
     * @param newest close time of the newest candle
     */
    void beginBefore(Instant newest, Collection<Integer> views) {
        transaction.executeWithoutResult(status -> jdbc
                .sql("""
                        UPDATE feature_view SET begins_at = :newest::timestamptz - make_interval(secs => :backfill)
                        WHERE id IN (
                          SELECT id FROM feature_view WHERE id = ANY(:views) AND begins_at > :newest
                          ORDER BY id FOR NO KEY UPDATE)
                        RETURNING id
                        """)
                .param("views", views.toArray(Integer[]::new))
                .param("newest", utc(newest))
                .param("backfill", (double) backfill.toSeconds())
                .query(Integer.class)
                .list()
                .stream()
                .sorted() // as whoever follows the candles, so that two do not end each other
                .forEach(view -> fill(view, newest.minus(retention), newest)));
    }

    /** Has the running transaction compute a view alone. */
    void lock(int view) {
        jdbc.sql("SELECT id FROM feature_view WHERE id = :view FOR NO KEY UPDATE")
                .param("view", view)
                .query(Integer.class)
                .optional();
    }

    private Optional<Integer> seen(PublishedView view, Instant after) {
        return jdbc.sql(
                        "SELECT id FROM feature_view WHERE name = :name AND hash = :hash AND version = :version AND used_at > :after")
                .param("name", view.name())
                .param("hash", view.hash())
                .param("version", view.definition().version())
                .param("after", utc(after))
                .query(Integer.class)
                .optional();
    }

    private record Registered(int id, boolean due) {}

    private int register(PublishedView view, Instant now, Instant kept) {
        ViewDefinition definition = view.definition();
        Registered registered = jdbc.sql("""
                INSERT INTO feature_view AS held (name, hash, version, owner, entity, interval, step, reach, sources, features,
                                                  begins_at, registered_at, used_at)
                VALUES (:name, :hash, :version, :owner, :entity, :interval, make_interval(secs => :step), make_interval(secs => :reach),
                        :sources, :features, :beginsAt, :now, :now)
                ON CONFLICT (name, hash) DO UPDATE
                SET version = excluded.version, owner = excluded.owner, used_at = greatest(held.used_at, excluded.used_at)
                RETURNING new.id, old.used_at IS NULL OR old.used_at < :unused AS due
                """)
                .param("name", view.name())
                .param("hash", view.hash())
                .param("version", definition.version())
                .param("owner", definition.owner())
                .param("entity", definition.entity().label())
                .param("interval", definition.interval().label())
                .param("step", (double) definition.interval().seconds())
                .param("reach", (double) definition.history().toSeconds())
                .param("sources", definition.sources().toArray(String[]::new))
                .param("features", definition.names().toArray(String[]::new))
                .param("beginsAt", utc(now.minus(backfill)))
                .param("now", utc(now))
                .param("unused", utc(now.minus(UNUSED)))
                .query(Registered.class)
                .single();
        if (registered.due()) {
            fill(registered.id(), kept, now);
        }
        return registered.id();
    }

    private void fill(int view, Instant kept, Instant until) {
        jdbc.sql("""
                INSERT INTO feature_pending AS held (view_id, series_id, from_event, to_event)
                SELECT DISTINCT v.id, CASE v.entity WHEN 'asset' THEN s.id ELSE 0 END, greatest(v.begins_at, :kept::timestamptz), :until::timestamptz
                FROM feature_view v JOIN series s ON s.interval = v.interval AND s.vs_currency = :vs
                WHERE v.id = :id
                ORDER BY 1, 2
                ON CONFLICT (view_id, series_id) DO UPDATE
                SET from_event = least(held.from_event, excluded.from_event), to_event = greatest(held.to_event, excluded.to_event)
                """)
                .param("id", view)
                .param("vs", SeriesKey.USD)
                .param("kept", utc(kept))
                .param("until", utc(until))
                .update();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
