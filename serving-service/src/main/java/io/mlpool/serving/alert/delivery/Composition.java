package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.silence.Silence;
import io.mlpool.serving.alert.silence.SilenceStore;
import io.mlpool.serving.alert.state.AlertEvent;
import io.mlpool.serving.alert.state.AlertRows;
import io.mlpool.serving.alert.state.AlertState;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
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

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final NotificationStore notifications;
    private final SilenceStore silences;
    private final int most;
    private final Clock clock;

    /** @param most events of a notification */
    Composition(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            NotificationStore notifications,
            SilenceStore silences,
            int most,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.notifications = notifications;
        this.silences = silences;
        this.most = most;
        this.clock = clock;
    }

    private record Group(
            String key, Instant firstQueued, @Nullable Instant last) {}

    private record Waiting(AlertEvent event, boolean wasHeld) {}

    /** Nothing, while another replica does it. */
    void run(Receiver receiver) {
        transaction.executeWithoutResult(status -> {
            if (isAlone()) {
                due(receiver).forEach(group -> compose(receiver, group));
                toRepeat(receiver).forEach(group -> remind(receiver, group));
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
                .map(Group::key)
                .toList();
    }

    private static boolean isDue(Group group, Receiver.Grouping grouping, Instant now) {
        boolean waited = !now.isBefore(group.firstQueued().plus(grouping.patience()));
        return waited && (group.last() == null || !now.isBefore(group.last().plus(grouping.interval())));
    }

    private void compose(Receiver receiver, String group) {
        List<Waiting> waiting = waiting(receiver.name(), group);
        List<Silence> active = silences.active();
        Set<UUID> over = overMeanwhile(waiting, active);
        List<AlertEvent> told = new ArrayList<>();
        List<Long> gone = new ArrayList<>();
        for (Waiting one : waiting) {
            Optional<Silence> silence = silence(active, one.event());
            if (silence.isPresent()) {
                hold(receiver.name(), one.event(), silence.get().endsAt());
                continue;
            }
            gone.add(one.event().number());
            if (!over.contains(one.event().alertId())) {
                told.add(one.event());
            }
        }
        take(receiver.name(), gone);
        write(receiver, group, false, told);
    }

    /** Alerts that were kept back from when they fired until they were resolved. */
    private static Set<UUID> overMeanwhile(List<Waiting> waiting, List<Silence> active) {
        Set<UUID> fired = new HashSet<>();
        Set<UUID> over = new HashSet<>();
        for (Waiting one : waiting) {
            AlertEvent event = one.event();
            if (event.state() == AlertState.FIRING
                    && one.wasHeld()
                    && silence(active, event).isEmpty()) {
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

    private static Optional<Silence> silence(List<Silence> active, AlertEvent event) {
        return active.stream()
                .filter(silence -> silence.matches(event.labels()))
                .max(Comparator.comparing(Silence::endsAt));
    }

    private List<Waiting> waiting(String receiver, String group) {
        return jdbc.sql("SELECT o.held_until, " + AlertRows.EVENT + """
                FROM alert_outbox o JOIN alert_event e ON e.number = o.event JOIN alert a ON a.id = e.alert_id
                WHERE o.receiver = :receiver AND o.group_key = :group
                  AND (o.held_until IS NULL OR o.held_until <= :now::timestamptz)
                ORDER BY o.event
                """)
                .param("receiver", receiver)
                .param("group", group)
                .param("now", clock.instant().toString())
                .query((row, n) -> new Waiting(AlertRows.event(row), row.getTimestamp("held_until") != null))
                .list();
    }

    private void hold(String receiver, AlertEvent event, Instant until) {
        jdbc.sql(
                        "UPDATE alert_outbox SET held_until = :until::timestamptz WHERE receiver = :receiver AND event = :event")
                .param("until", until.toString())
                .param("receiver", receiver)
                .param("event", event.number())
                .update();
    }

    private void take(String receiver, List<Long> events) {
        jdbc.sql("DELETE FROM alert_outbox WHERE receiver = :receiver AND event = ANY (:events::bigint[])")
                .param("receiver", receiver)
                .param("events", events.toArray(Long[]::new))
                .update();
    }

    private void write(Receiver receiver, String group, boolean reminder, List<AlertEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        for (int from = 0; from < events.size(); from += most) {
            notifications.add(
                    receiver.name(), group, reminder, events.subList(from, Math.min(events.size(), from + most)));
        }
        jdbc.sql("""
                INSERT INTO alert_group (receiver, group_key, last_at) VALUES (:receiver, :group, :now::timestamptz)
                ON CONFLICT (receiver, group_key) DO UPDATE SET last_at = EXCLUDED.last_at
                """)
                .param("receiver", receiver.name())
                .param("group", group)
                .param("now", clock.instant().toString())
                .update();
    }

    private List<String> toRepeat(Receiver receiver) {
        Duration repeat = receiver.grouping().repeat();
        return jdbc.sql("""
                SELECT group_key FROM alert_group g WHERE receiver = :receiver AND last_at <= :before::timestamptz
                  AND NOT EXISTS (SELECT FROM alert_notification n
                      WHERE n.receiver = g.receiver AND n.group_key = g.group_key AND n.state = 'queued')
                """)
                .param("receiver", receiver.name())
                .param("before", clock.instant().minus(repeat).toString())
                .query(String.class)
                .list();
    }

    /** A group in which nothing fires any more is forgotten: it begins anew with its next event. */
    private void remind(Receiver receiver, String group) {
        List<Silence> active = silences.active();
        List<AlertEvent> firing = firing(receiver.name()).stream()
                .filter(event -> receiver.wants(event) && receiver.group(event).equals(group))
                .toList();
        if (firing.isEmpty()) {
            jdbc.sql("DELETE FROM alert_group WHERE receiver = :receiver AND group_key = :group")
                    .param("receiver", receiver.name())
                    .param("group", group)
                    .update();
        }
        write(
                receiver,
                group,
                true,
                firing.stream()
                        .filter(event -> silence(active, event).isEmpty())
                        .toList());
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
