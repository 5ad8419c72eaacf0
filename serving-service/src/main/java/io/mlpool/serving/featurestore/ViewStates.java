package io.mlpool.serving.featurestore;

import io.mlpool.featurestore.PublishedView;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the values of views are. */
final class ViewStates {

    private final JdbcClient jdbc;

    ViewStates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Of one view.
     *
     * @param beginsAt event time from which on there are values
     * @param newestEvent null when there are none
     * @param rows stored, earlier versions of values included
     * @param pending series of which values are still to be computed
     */
    record State(Instant beginsAt, @Nullable Instant newestEvent, long rows, long pending) {}

    /** Empty until the view was looked after for the first time. */
    Optional<State> of(PublishedView view) {
        return jdbc.sql("""
                SELECT begins_at, newest_event, row_count,
                  (SELECT count(*) FROM feature_pending p WHERE p.view_id = v.id) AS pending
                FROM feature_view v WHERE name = :name AND hash = :hash
                """)
                .param("name", view.name())
                .param("hash", view.hash())
                .query((row, n) -> new State(
                        row.getTimestamp("begins_at").toInstant(),
                        row.getTimestamp("newest_event") == null
                                ? null
                                : row.getTimestamp("newest_event").toInstant(),
                        row.getLong("row_count"),
                        row.getLong("pending")))
                .optional();
    }
}
