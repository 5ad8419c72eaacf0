package io.mlpool.ingest.schedule;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.mlpool.ingest.replay.ReplayProgramme;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Plays the recording in one long execution: one replica plays, another one goes on when it dies. */
final class ReplayTask {

    static final String NAME = "replay";

    private static final Duration AFTER_TROUBLE = Duration.ofMinutes(1);

    private final ReplayProgramme programme;
    private final Clock clock;

    ReplayTask(ReplayProgramme programme, Clock clock) {
        this.programme = programme;
        this.clock = clock;
    }

    /**
     * Begins at every start of a service that is to play; at its end it stays away until the next. One that is not to play knows the task too, for it
     * ends what an earlier start left in the middle.
     */
    CustomTask<Void> task() {
        Tasks.TaskBuilder<Void> task = Tasks.custom(NAME, Void.class);
        if (programme.enabled()) {
            task.scheduleOnStartup("programme", null, now -> now);
        }
        return task.onFailure(
                        (done, next) -> next.reschedule(done, clock.instant().plus(AFTER_TROUBLE)))
                .onDeadExecution((dead, next) -> next.reschedule(dead, clock.instant()))
                .execute((instance, context) ->
                        play(() -> context.getSchedulerState().isShuttingDown()));
    }

    private CompletionHandler<Void> play(BooleanSupplier stopping) {
        if (!programme.enabled() || programme.play(stopping)) {
            return (done, operations) -> operations.stop();
        }
        Instant next = clock.instant();
        return (done, operations) -> operations.reschedule(done, next);
    }
}
