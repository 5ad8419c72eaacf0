package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.silence.Silence;
import io.mlpool.serving.alert.silence.SilenceStore;
import io.mlpool.serving.alert.state.AlertEvent;
import io.mlpool.serving.alert.state.AlertRows;
import io.mlpool.serving.alert.state.AlertState;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts waiting events of a group together to a notification, once for all replicas: an event leaves the outbox in the transaction that
 * writes its notification. While one is on its way the next of its group is not begun: a receiver that is away for long then gets
 * one with all that happened, in order.
 */
final class Composition {

    /** Any number that nobody else locks. */
    private static final long LOCK = 0x6f7574626f78L;

    /** Of a receiver at a time; others are next. */
    static final int MOST_GROUPS = 200;

    /** Of a group at a time, so that what waits for somebody who was away for long does not fill the memory. */
    private static final int MOST_EVENTS = 10_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final NotificationStore notifications;
    private final SilenceStore silences;
    private final Reminders reminders;
    private final Clock clock;

    Composition(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            NotificationStore notifications,
            SilenceStore silences,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.notifications = notifications;
        this.silences = silences;
        this.reminders = new Reminders(jdbc, notifications, clock);
        this.clock = clock;
    }

    private record Group(
            String key, Instant firstQueued, @Nullable Instant last) {}

    private record Waiting(AlertEvent event, boolean wasHeld) {}

    /** Nothing, while another replica does it. */
    void run(Receiver receiver) {
        transaction.executeWithoutResult(status -> {
            if (isAlone()) {
                List<Silence> active = silences.active();
                due(receiver).forEach(group -> compose(receiver, group, active));
                reminders.run(receiver, active);
            }
        });
    }

    private boolean isAlone() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query(Boolean.class)
                .single();
    }

    private List<String> due(Receiver receiver) {
        Instant now = clock.instant();
        return jdbc
                .sql("""
                SELECT o.group_key, min(o.queued_at) AS first_queued, max(g.last_at) AS last_at
                FROM alert_outbox o LEFT JOIN alert_group g ON g.receiver = o.receiver AND g.group_key = o.group_key
                WHERE o.receiver = :receiver AND (o.held_until IS NULL OR o.held_until <= :now::timestamptz)
                  AND NOT EXISTS (SELECT FROM alert_notification n
                      WHERE n.receiver = o.receiver AND n.group_key = o.group_key AND n.state = 'queued')
                GROUP BY o.group_key ORDER BY min(o.event)
                """)
                .param("receiver", receiver.name())
                .param("now", now.toString())
                .query((row, n) -> new Group(
                        row.getString("group_key"),
                        row.getTimestamp("first_queued").toInstant(),
                        Optional.ofNullable(row.getTimestamp("last_at"))
                                .map(Timestamp::toInstant)
                                .orElse(null)))
                .list()
                .stream()
                .filter(group -> isDue(group, receiver.grouping(), now))
                .limit(MOST_GROUPS)
                .map(Group::key)
                .toList();
    }

    private static boolean isDue(Group group, Receiver.Grouping grouping, Instant now) {
        boolean waited = !now.isBefore(group.firstQueued().plus(grouping.patience()));
        return waited && (group.last() == null || !now.isBefore(group.last().plus(grouping.interval())));
    }

    private void compose(Receiver receiver, String group, List<Silence> active) {
        List<Waiting> waiting = waiting(receiver.name(), group);
        Set<UUID> over = overMeanwhile(waiting, active);
        Map<Long, Instant> held = new LinkedHashMap<>();
        List<AlertEvent> told = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        for (Waiting one : waiting) {
            AlertEvent event = one.event();
            Optional<Silence> silence = Silence.longest(active, event.labels());
            if (silence.isPresent()) {
                held.put(event.number(), silence.get().endsAt());
                continue;
            }
            gone.add(event.number());
            if (!over.contains(event.alertId())) {
                told.add(event);
            }
        }
        hold(receiver.name(), held);
        take(receiver.name(), gone);
        notifications.queue(receiver.name(), group, false, told);
    }

    /** Alerts that were kept back from when they fired until they were resolved. */
    private static Set<UUID> overMeanwhile(List<Waiting> waiting, List<Silence> active) {
        Set<UUID> fired = new HashSet<>();
        Set<UUID> over = new HashSet<>();
        for (Waiting one : waiting) {
            AlertEvent event = one.event();
            if (event.state() == AlertState.FIRING
                    && one.wasHeld()
                    && Silence.longest(active, event.labels()).isEmpty()) {
                fired.add(event.alertId());
                over.remove(event.alertId());
            } else if (event.state() == AlertState.FIRING) {
                over.remove(event.alertId());
            } else if (fired.contains(event.alertId())) {
                over.add(event.alertId());
            }
        }
        return over;
    }

    private List<Waiting> waiting(String receiver, String group) {
        return jdbc.sql("SELECT o.held_until, " + AlertRows.EVENT + """
                FROM alert_outbox o JOIN alert_event e ON e.number = o.event JOIN alert a ON a.id = e.alert_id
                WHERE o.receiver = :receiver AND o.group_key = :group
                  AND (o.held_until IS NULL OR o.held_until <= :now::timestamptz)
                ORDER BY o.event LIMIT :most
                """)
                .param("most", MOST_EVENTS)
                .param("receiver", receiver)
                .param("group", group)
                .param("now", clock.instant().toString())
                .query((row, n) -> new Waiting(AlertRows.event(row), row.getTimestamp("held_until") != null))
                .list();
    }

    private void hold(String receiver, Map<Long, Instant> until) {
        jdbc.sql("""
                UPDATE alert_outbox o SET held_until = h.until
                FROM unnest(:events::bigint[], :untils::timestamptz[]) AS h (event, until)
                WHERE o.receiver = :receiver AND o.event = h.event
                """)
                .param("events", until.keySet().toArray(Long[]::new))
                .param("untils", until.values().stream().map(Instant::toString).toArray(String[]::new))
                .param("receiver", receiver)
                .update();
    }

    private void take(String receiver, List<Long> events) {
        jdbc.sql("DELETE FROM alert_outbox WHERE receiver = :receiver AND event = ANY (:events::bigint[])")
                .param("receiver", receiver)
                .param("events", events.toArray(Long[]::new))
                .update();
    }
}
