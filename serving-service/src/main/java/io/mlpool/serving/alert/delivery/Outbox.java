package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.state.AlertEvent;
import io.mlpool.serving.alert.state.AlertRows;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where what changed waits for its receivers. */
public final class Outbox {

    private final JdbcClient jdbc;
    private final List<Receiver> receivers;
    private final Clock clock;

    Outbox(JdbcClient jdbc, List<Receiver> receivers, Clock clock) {
        this.jdbc = jdbc;
        this.receivers = List.copyOf(receivers);
        this.clock = clock;
    }

    /** Puts events down for everybody who wants them, within the transaction in which they happen. */
    public void add(List<Long> numbers) {
        if (numbers.isEmpty() || receivers.isEmpty()) {
            return;
        }
        List<AlertEvent> events = jdbc.sql("SELECT " + AlertRows.EVENT + """
                FROM alert_event e JOIN alert a ON a.id = e.alert_id WHERE e.number = ANY (:numbers::bigint[]) ORDER BY e.number
                """)
                .param("numbers", numbers.toArray(Long[]::new))
                .query((row, n) -> AlertRows.event(row))
                .list();
        receivers.forEach(receiver -> add(receiver, events));
    }

    private void add(Receiver receiver, List<AlertEvent> events) {
        List<Long> wanted = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (AlertEvent event : events) {
            if (receiver.wants(event)) {
                wanted.add(event.number());
                groups.add(receiver.group(event));
            }
        }
        jdbc.sql("""
                INSERT INTO alert_outbox (receiver, event, group_key, queued_at)
                SELECT :receiver, event, group_key, :now::timestamptz
                FROM unnest(:events::bigint[], :groups::text[]) AS e (event, group_key)
                """)
                .param("receiver", receiver.name())
                .param("now", clock.instant().toString())
                .param("events", wanted.toArray(Long[]::new))
                .param("groups", groups.toArray(String[]::new))
                .update();
    }

    /** Removes what was delivered before this time, and what waits since then for receivers that are no more. */
    public void remove(Instant before) {
        jdbc.sql("""
                DELETE FROM alert_notification WHERE state = 'delivered' AND finished_at < :before::timestamptz
                  OR state = 'queued' AND created_at < :before::timestamptz AND receiver <> ALL (:receivers::text[])
                """)
                .param("before", before.toString())
                .param("receivers", receivers.stream().map(Receiver::name).toArray(String[]::new))
                .update();
        jdbc.sql(
                        "DELETE FROM alert_outbox WHERE queued_at < :before::timestamptz AND receiver <> ALL (:receivers::text[])")
                .param("before", before.toString())
                .param("receivers", receivers.stream().map(Receiver::name).toArray(String[]::new))
                .update();
    }
}
