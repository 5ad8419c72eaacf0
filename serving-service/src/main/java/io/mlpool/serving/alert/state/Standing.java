package io.mlpool.serving.alert.state;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an alert stands, and since when: what follows from it depends on nothing else.
 *
 * @param since the condition has held without a break from then on
 * @param firedAt null when it has not fired since then
 * @param changedAt of the state
 */
public record Standing(
        AlertState state, Instant since, @Nullable Instant firedAt, Instant changedAt) {

    /**
     * How it stands after a look at the condition; the same object when nothing changes.
     *
     * @param before null when there is no alert
     * @param holdsFor how long the condition must hold before it fires
     */
    public static @Nullable Standing next(@Nullable Standing before, boolean holds, Instant now, Duration holdsFor) {
        if (before == null || before.state == AlertState.RESOLVED) {
            return holds ? begin(now, holdsFor) : before;
        }
        if (!holds) {
            return new Standing(AlertState.RESOLVED, before.since, before.firedAt, now);
        }
        boolean due = before.state == AlertState.PENDING && !now.isBefore(before.since.plus(holdsFor));
        return due ? new Standing(AlertState.FIRING, before.since, now, now) : before;
    }

    private static Standing begin(Instant now, Duration holdsFor) {
        return holdsFor.isZero()
                ? new Standing(AlertState.FIRING, now, now, now)
                : new Standing(AlertState.PENDING, now, null, now);
    }

    /** Whether receivers are told of it: what was pending only, and is over, was never told of. */
    public boolean isWorthTelling() {
        return firedAt != null;
    }
}
