package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.silence.Silence;
import io.mlpool.serving.alert.state.AlertEvent;
import io.mlpool.serving.alert.state.AlertRows;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells receivers again of what still fires, once for all replicas. */
final class Reminders {

    private final JdbcClient jdbc;
    private final NotificationStore notifications;
    private final Clock clock;

    Reminders(JdbcClient jdbc, NotificationStore notifications, Clock clock) {
        this.jdbc = jdbc;
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * Queues what is due; wants to be within the transaction of {@link Composition}.
     *
     * @param active silences that hide something now
     */
    void run(Receiver receiver, List<Silence> active) {
        List<String> due = due(receiver);
        if (due.isEmpty()) {
            return;
        }
        Map<String, List<AlertEvent>> firing = firing(receiver.name()).stream()
                .filter(receiver::wants)
                .collect(Collectors.groupingBy(receiver::group));
        due.forEach(group -> remind(receiver.name(), group, firing.getOrDefault(group, List.of()), active));
    }

    private List<String> due(Receiver receiver) {
        return jdbc.sql("""
                SELECT group_key FROM alert_group g WHERE receiver = :receiver AND last_at <= :before::timestamptz
                  AND NOT EXISTS (SELECT FROM alert_notification n
                      WHERE n.receiver = g.receiver AND n.group_key = g.group_key AND n.state = 'queued')
                ORDER BY last_at LIMIT :most
                """)
                .param("receiver", receiver.name())
                .param(
                        "before",
                        clock.instant().minus(receiver.grouping().repeat()).toString())
                .param("most", Composition.MOST_GROUPS)
                .query(String.class)
                .list();
    }

    /** A group in which nothing fires any more is forgotten: it begins anew with its next event. */
    private void remind(String receiver, String group, List<AlertEvent> firing, List<Silence> active) {
        if (firing.isEmpty()) {
            notifications.forget(receiver, group);
            return;
        }
        List<AlertEvent> told = firing.stream()
                .filter(event -> Silence.longest(active, event.labels()).isEmpty())
                .toList();
        notifications.queue(receiver, group, true, told);
    }

    /** The last event of each that fires and was told of. */
    private List<AlertEvent> firing(String receiver) {
        return jdbc.sql("SELECT " + AlertRows.EVENT + """
                FROM alert a JOIN alert_event e ON e.alert_id = a.id AND e.sequence = a.sequence
                WHERE a.state = 'firing'
                  AND NOT EXISTS (SELECT FROM alert_outbox o WHERE o.receiver = :receiver AND o.event = e.number)
                ORDER BY e.number
                """)
                .param("receiver", receiver)
                .query((row, n) -> AlertRows.event(row))
                .list();
    }
}
