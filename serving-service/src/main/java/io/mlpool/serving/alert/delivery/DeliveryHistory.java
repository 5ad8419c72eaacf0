package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.state.AlertEvent;
import io.mlpool.serving.alert.state.AlertRows;
import io.mlpool.serving.paging.Cursor;
import io.mlpool.serving.paging.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Reads notifications for those who ask about them, and has dead ones sent again. */
final class DeliveryHistory {

    private static final String LIST = "alert-notifications";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final Duration giveUpAfter;
    private final Clock clock;

    DeliveryHistory(JdbcClient jdbc, Duration giveUpAfter, Clock clock) {
        this.jdbc = jdbc;
        this.giveUpAfter = giveUpAfter;
        this.clock = clock;
    }

    /** A notification as it is answered; null where there is nothing yet. */
    record NotificationView(
            UUID id,
            String receiver,
            String group,
            boolean reminder,
            String state,
            int events,
            int attempts,
            Instant createdAt,
            @Nullable Instant nextAttemptAt,
            @Nullable Instant finishedAt,
            @Nullable String lastError) {}

    private record Placed(NotificationView view, long number) {}

    /** Newest first, behind the cursor; null for any state and receiver. */
    Page<NotificationView> page(
            @Nullable String state, @Nullable String receiver, @Nullable String cursorText, int limit) {
        Cursor cursor = Cursor.read(LIST, 1, cursorText);
        List<Placed> found = jdbc.sql("""
                SELECT * FROM alert_notification
                WHERE (:state::text IS NULL OR state = :state) AND (:receiver::text IS NULL OR receiver = :receiver)
                  AND (:number::bigint IS NULL OR number < :number::bigint)
                ORDER BY number DESC LIMIT :limit
                """)
                .param("state", state)
                .param("receiver", receiver)
                .param("number", cursor == null ? null : cursor.bigNumber(0))
                .param("limit", limit + 1)
                .query((row, n) -> new Placed(view(row), row.getLong("number")))
                .list();
        Page<Placed> page = Page.of(found, limit, placed -> Cursor.after(LIST, placed.number()));
        return new Page<>(page.items().stream().map(Placed::view).toList(), page.next());
    }

    Optional<NotificationView> find(UUID id) {
        return jdbc.sql("SELECT * FROM alert_notification WHERE id = :id")
                .param("id", id)
                .query((row, n) -> view(row))
                .optional();
    }

    List<AlertEvent> events(UUID id) {
        return jdbc.sql("SELECT content FROM alert_notification WHERE id = :id")
                .param("id", id)
                .query((row, n) -> List.of(JSON.readValue(row.getString("content"), AlertEvent[].class)))
                .optional()
                .orElse(List.of());
    }

    /** Queues a dead one anew, with all its time; any other stays as it is. */
    void sendAgain(UUID id) {
        Instant now = clock.instant();
        jdbc.sql("""
                UPDATE alert_notification SET state = 'queued', attempts = 0, finished_at = NULL, leased_until = NULL,
                    next_at = :now::timestamptz, give_up_at = :end::timestamptz
                WHERE id = :id AND state = 'dead'
                """)
                .param("now", now.toString())
                .param("end", now.plus(giveUpAfter).toString())
                .param("id", id)
                .update();
    }

    /** Throws a dead one away. */
    void remove(UUID id) {
        jdbc.sql("DELETE FROM alert_notification WHERE id = :id AND state = 'dead'")
                .param("id", id)
                .update();
    }

    private static NotificationView view(ResultSet row) throws SQLException {
        boolean queued = row.getString("state").equals("queued");
        return new NotificationView(
                row.getObject("id", UUID.class),
                row.getString("receiver"),
                row.getString("group_key"),
                row.getBoolean("reminder"),
                row.getString("state"),
                row.getInt("events"),
                row.getInt("attempts"),
                Objects.requireNonNull(AlertRows.time(row, "created_at")),
                queued ? AlertRows.time(row, "next_at") : null,
                AlertRows.time(row, "finished_at"),
                row.getString("last_error"));
    }
}
