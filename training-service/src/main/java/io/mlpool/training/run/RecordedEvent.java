package io.mlpool.training.run;

import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.pipeline.RunJson;
import java.time.Instant;

/**
 * An event of a run as it is stored.
 *
 * @param id rises within a run; go on after it
 */
public record RecordedEvent(long id, Instant at, RunEvent event) {

    /**
     * An event as {@code GET /runs/{id}/events} sends it.
     *
     * @param id the event's {@code id:}
     * @param kind the event's {@code event:}
     * @param json the event's {@code data:}
     * @param at when it was received
     */
    public static RecordedEvent read(long id, String kind, String json, Instant at) {
        return new RecordedEvent(
                id, at, RunJson.MAPPER.readValue(json, EventKind.of(kind).type()));
    }

    /** Whether nothing follows. */
    public boolean isLast() {
        return event instanceof RunEvent.StateChanged changed
                && RunState.of(changed.state()).isFinal();
    }
}
