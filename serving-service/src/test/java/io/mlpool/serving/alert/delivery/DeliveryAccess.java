package io.mlpool.serving.alert.delivery;

import java.time.Clock;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lets tests of other rooms make what only this one makes. */
public final class DeliveryAccess {

    private DeliveryAccess() {}

    public static Outbox outboxWithoutReceivers(JdbcClient jdbc, Clock clock) {
        return new Outbox(jdbc, List.of(), clock);
    }
}
