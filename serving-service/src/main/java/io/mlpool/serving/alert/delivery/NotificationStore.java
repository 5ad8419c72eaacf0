package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.state.AlertEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Notifications in PostgreSQL, as those who send them see them. */
final class NotificationStore {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;
    private final int largest;
    private final Duration giveUpAfter;
    private final Clock clock;

    /** @param largest events of a notification */
    NotificationStore(JdbcClient jdbc, int largest, Duration giveUpAfter, Clock clock) {
        this.jdbc = jdbc;
        this.largest = largest;
        this.giveUpAfter = giveUpAfter;
        this.clock = clock;
    }

    /**
     * Queues events of a group, in several notifications when there are many, and notes that the group was looked at; wants to be within
     * the transaction that takes them.
     */
    void queue(String receiver, String group, boolean reminder, List<AlertEvent> events) {
        for (int from = 0; from < events.size(); from += largest) {
            add(receiver, group, reminder, events.subList(from, Math.min(events.size(), from + largest)));
        }
        if (reminder || !events.isEmpty()) {
            looked(receiver, group);
        }
    }

    private void looked(String receiver, String group) {
        jdbc.sql("""
                INSERT INTO alert_group (receiver, group_key, last_at) VALUES (:receiver, :group, :now::timestamptz)
                ON CONFLICT (receiver, group_key) DO UPDATE SET last_at = EXCLUDED.last_at
                """)
                .param("receiver", receiver)
                .param("group", group)
                .param("now", clock.instant().toString())
                .update();
    }

    /** Has the next event of a group begin it anew. */
    void forget(String receiver, String group) {
        jdbc.sql("DELETE FROM alert_group WHERE receiver = :receiver AND group_key = :group")
                .param("receiver", receiver)
                .param("group", group)
                .update();
    }

    private void add(String receiver, String group, boolean reminder, List<AlertEvent> events) {
        Instant now = clock.instant();
        jdbc.sql("""
                INSERT INTO alert_notification (id, receiver, group_key, reminder, content, events, state, created_at, give_up_at, next_at)
                VALUES (:id, :receiver, :group, :reminder, :content::jsonb, :events, 'queued', :now::timestamptz,
                        :end::timestamptz, :now::timestamptz)
                """)
                .param("id", UUID.randomUUID())
                .param("receiver", receiver)
                .param("group", group)
                .param("reminder", reminder)
                .param("content", JSON.writeValueAsString(events))
                .param("events", events.size())
                .param("now", now.toString())
                .param("end", now.plus(giveUpAfter).toString())
                .update();
    }

    /**
     * Takes notifications to send until the lease ends, the oldest of each group; nobody else has them till then.
     *
     * @param busy what this replica is still sending, however long that takes
     */
    List<Notification> claim(Receiver receiver, int limit, Collection<UUID> busy) {
        Instant now = clock.instant();
        return jdbc.sql("""
                UPDATE alert_notification SET attempts = attempts + 1, leased_until = :lease::timestamptz
                WHERE number IN (
                  SELECT number FROM alert_notification n
                  WHERE state = 'queued' AND receiver = :receiver AND next_at <= :now::timestamptz
                    AND (leased_until IS NULL OR leased_until <= :now::timestamptz)
                    AND id <> ALL (:busy::uuid[])
                    AND NOT EXISTS (SELECT FROM alert_notification older WHERE older.state = 'queued'
                        AND older.receiver = n.receiver AND older.group_key = n.group_key AND older.number < n.number)
                  ORDER BY number LIMIT :limit FOR UPDATE SKIP LOCKED)
                RETURNING *
                """)
                .param("lease", now.plus(receiver.lease()).toString())
                .param("receiver", receiver.name())
                .param("now", now.toString())
                .param("limit", limit)
                .param("busy", busy.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, n) -> notification(row))
                .list();
    }

    void delivered(Notification notification) {
        finish(notification, "delivered", null);
    }

    /** It is tried no more. */
    void giveUp(Notification notification, String reason) {
        finish(notification, "dead", reason);
    }

    /** Reminders are not kept: nobody would send one again, and Alertmanager gets one each minute. */
    private void finish(Notification notification, String state, @Nullable String error) {
        if (notification.reminder()) {
            jdbc.sql("DELETE FROM alert_notification WHERE id = :id")
                    .param("id", notification.id())
                    .update();
            return;
        }
        jdbc.sql("""
                UPDATE alert_notification SET state = :state, finished_at = :now::timestamptz, leased_until = NULL, last_error = :error
                WHERE id = :id AND state = 'queued'
                """)
                .param("state", state)
                .param("now", clock.instant().toString())
                .param("error", error)
                .param("id", notification.id())
                .update();
    }

    void retry(Notification notification, Instant next, String reason) {
        jdbc.sql("""
                UPDATE alert_notification SET next_at = :next::timestamptz, leased_until = NULL, last_error = :error
                WHERE id = :id AND state = 'queued'
                """)
                .param("next", next.toString())
                .param("error", reason)
                .param("id", notification.id())
                .update();
    }

    private static Notification notification(ResultSet row) throws SQLException {
        return new Notification(
                row.getObject("id", UUID.class),
                row.getString("receiver"),
                row.getString("group_key"),
                row.getBoolean("reminder"),
                List.of(JSON.readValue(row.getString("content"), AlertEvent[].class)),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("give_up_at").toInstant(),
                row.getInt("attempts"));
    }
}
