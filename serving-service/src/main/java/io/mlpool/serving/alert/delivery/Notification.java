package io.mlpool.serving.alert.delivery;

import io.mlpool.serving.alert.state.AlertEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Events that go to a receiver together.
 *
 * @param id the same however often it is sent
 * @param group what its events have in common, in words
 * @param reminder whether it tells again of what still fires, instead of what changed
 * @param attempts this one included
 */
record Notification(
        UUID id,
        String receiver,
        String group,
        boolean reminder,
        List<AlertEvent> events,
        Instant createdAt,
        Instant giveUpAt,
        int attempts) {

    Notification {
        events = List.copyOf(events);
    }
}
