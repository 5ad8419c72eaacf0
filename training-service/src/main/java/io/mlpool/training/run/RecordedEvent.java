package io.mlpool.training.run;

import io.mlpool.training.pipeline.RunEvent;
import java.time.Instant;

/**
 * An event of a run as it is stored.
 *
 * @param id rises within a run; go on after it
 */
public record RecordedEvent(long id, Instant at, RunEvent event) {

    /** Whether nothing follows. */
    public boolean isLast() {
        return event instanceof RunEvent.StateChanged changed
                && RunState.of(changed.state()).isFinal();
    }
}
