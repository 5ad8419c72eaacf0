package io.mlpool.serving.alert.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.mlpool.readings.ReadGauge;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What waits for receivers, those that there are by settings, and what was given up, over all replicas, for metrics. */
final class DeliveryReading {

    private final JdbcClient jdbc;
    private final List<Receiver> receivers;
    private final Clock clock;
    private final ReadGauge age;
    private final ReadGauge dead;

    DeliveryReading(JdbcClient jdbc, List<Receiver> receivers, MeterRegistry meters, Clock clock) {
        this.jdbc = jdbc;
        this.receivers = receivers;
        this.clock = clock;
        this.age = new ReadGauge(
                meters,
                "mlpool.alert.outbox.age",
                "seconds",
                "Age of the oldest event or notification that a receiver was not told of, without what is silenced; 0 for none");
        this.dead = new ReadGauge(meters, "mlpool.alert.dead.letters", "", "Notifications that were given up");
    }

    void take() {
        Map<Tags, Number> ages = new HashMap<>();
        Map<Tags, Number> letters = new HashMap<>();
        receivers.forEach(receiver -> {
            ages.put(tags(receiver.name()), 0);
            letters.put(tags(receiver.name()), 0);
        });
        Instant now = clock.instant();
        jdbc.sql("""
                SELECT receiver, min(since) AS oldest FROM (
                  SELECT receiver, queued_at AS since FROM alert_outbox WHERE held_until IS NULL OR held_until <= :now::timestamptz
                  UNION ALL SELECT receiver, created_at FROM alert_notification WHERE state = 'queued' AND NOT reminder) waiting
                WHERE receiver = ANY (:receivers::text[]) GROUP BY receiver
                """)
                .param("now", now.toString())
                .param("receivers", receivers.stream().map(Receiver::name).toArray(String[]::new))
                .query((ResultSet row) -> {
                    Duration waiting =
                            Duration.between(row.getTimestamp("oldest").toInstant(), now);
                    ages.put(tags(row.getString("receiver")), Math.max(0, waiting.toMillis() / 1000.0));
                });
        jdbc.sql("SELECT receiver, count(*) AS letters FROM alert_notification WHERE state = 'dead' GROUP BY receiver")
                .query((ResultSet row) -> {
                    letters.put(tags(row.getString("receiver")), row.getLong("letters"));
                });
        age.set(ages);
        dead.set(letters);
    }

    private static Tags tags(String receiver) {
        return Tags.of("receiver", receiver);
    }
}
