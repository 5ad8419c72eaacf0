package io.mlpool.serving.alert;

import io.mlpool.serving.alert.rule.Severity;
import io.mlpool.serving.alert.state.AlertEvent;
import io.mlpool.serving.alert.state.AlertRows;
import io.mlpool.serving.alert.state.AlertState;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads alerts for those who ask about them. */
final class AlertHistory {

    private static final String LIST = "alerts";
    private static final int MOST_EVENTS = 1000;

    private final JdbcClient jdbc;

    AlertHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which alerts; null for any. */
    record Query(
            @Nullable AlertState state,
            @Nullable String rule,
            @Nullable String asset,
            @Nullable Severity severity) {}

    /** Those that match behind the cursor, what changed last first. */
    Page<AlertView> page(Query query, @Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 2, cursorText);
        List<AlertView> found = jdbc.sql("""
                SELECT * FROM alert
                WHERE (:state::text IS NULL OR state = :state) AND (:rule::text IS NULL OR rule = :rule)
                  AND (:asset::text IS NULL OR asset = :asset) AND (:severity::text IS NULL OR severity = :severity)
                  AND (:changed::timestamptz IS NULL OR (changed_at, id) < (:changed::timestamptz, :id::uuid))
                ORDER BY changed_at DESC, id DESC LIMIT :limit
                """)
                .param("state", query.state() == null ? null : query.state().label())
                .param("rule", query.rule())
                .param("asset", query.asset())
                .param(
                        "severity",
                        query.severity() == null ? null : query.severity().label())
                .param("changed", cursor == null ? null : cursor.time(0).toString())
                .param("id", cursor == null ? null : cursor.uuid(1).toString())
                .param("limit", limit + 1)
                .query((row, n) -> view(row))
                .list();
        return Page.of(found, limit, alert -> Cursor.after(LIST, alert.changedAt(), alert.id()));
    }

    Optional<AlertView> find(UUID id) {
        return jdbc.sql("SELECT * FROM alert WHERE id = :id")
                .param("id", id)
                .query((row, n) -> view(row))
                .optional();
    }

    /** The last thousand changes of an alert, newest first. */
    List<AlertEvent> changes(UUID alert) {
        return jdbc.sql("SELECT " + AlertRows.EVENT + """
                FROM alert_event e JOIN alert a ON a.id = e.alert_id WHERE a.id = :id ORDER BY e.sequence DESC LIMIT :limit
                """)
                .param("id", alert)
                .param("limit", MOST_EVENTS)
                .query((row, n) -> AlertRows.event(row))
                .list();
    }

    /** Changes of all alerts behind this number, oldest first. */
    List<AlertEvent> after(long number, int limit) {
        return jdbc.sql("SELECT " + AlertRows.EVENT + """
                FROM alert_event e JOIN alert a ON a.id = e.alert_id WHERE e.number > :number ORDER BY e.number LIMIT :limit
                """)
                .param("number", number)
                .param("limit", limit)
                .query((row, n) -> AlertRows.event(row))
                .list();
    }

    /** Of the newest change; 0 when there is none. */
    long newest() {
        return jdbc.sql("SELECT coalesce(max(number), 0) FROM alert_event")
                .query(Long.class)
                .single();
    }

    private static AlertView view(ResultSet row) throws SQLException {
        return new AlertView(
                row.getObject("id", UUID.class),
                AlertState.of(row.getString("state")),
                row.getString("rule"),
                Severity.of(row.getString("severity")),
                row.getString("asset"),
                AlertRows.labels(row.getString("labels")),
                row.getDouble("value"),
                row.getString("summary"),
                Objects.requireNonNull(AlertRows.time(row, "since")),
                AlertRows.time(row, "fired_at"),
                AlertRows.time(row, "resolved_at"),
                Objects.requireNonNull(AlertRows.time(row, "changed_at")));
    }
}
