package io.mlpool.serving.retention;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** Removing what is of long ago: a task, and rows in slices, so that no transaction is long. */
public final class Retention {

    private static final int MOST_AT_ONCE = 10_000;

    private Retention() {}

    /**
     * A task that removes, on one replica at a time.
     *
     * @param pause after each time
     * @param remove asks now and then whether its process ends, and stops then
     */
    public static RecurringTask<Void> task(String name, Duration pause, Consumer<BooleanSupplier> remove) {
        return Tasks.recurring(TaskDescriptor.of(name), FixedDelay.of(pause))
                .execute((instance, context) ->
                        remove.accept(() -> context.getSchedulerState().isShuttingDown()));
    }

    /**
     * Until when rows are old, by the newest of them and not by the clock: a pool that replays past years keeps what it makes.
     *
     * @param newest counts as of now where it lies in the future
     */
    public static Instant before(Instant newest, Duration retention, Instant now) {
        return (newest.isAfter(now) ? now : newest).minus(retention);
    }

    /**
     * Removes slice by slice until nothing is left, or it is told to stop.
     *
     * @param slice removes so many rows at most and says how many
     * @return how many were removed
     */
    public static long inSlices(BooleanSupplier stopped, IntUnaryOperator slice) {
        long removed = 0;
        int last = MOST_AT_ONCE;
        while (last == MOST_AT_ONCE && !stopped.getAsBoolean()) {
            last = slice.applyAsInt(MOST_AT_ONCE);
            removed += last;
        }
        return removed;
    }
}
