package io.mlpool.training.run;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.Optional;

/**
 * Executes a run as a task of db-scheduler: once, on one replica. An execution whose process died is revived on another, and the
 * run goes on from its folder.
 */
final class TrainingTask {

    static final TaskDescriptor<Void> RUN = TaskDescriptor.of("training-run");

    /** Under a name of its own: a service of the version before, which would train a trial in full, leaves it alone. */
    static final TaskDescriptor<Void> TRIAL = TaskDescriptor.of("training-trial");

    private final TaskDescriptor<Void> descriptor;
    private final RunExecution runs;

    TrainingTask(TaskDescriptor<Void> descriptor, RunExecution runs) {
        this.descriptor = descriptor;
        this.runs = runs;
    }

    CustomTask<Void> task() {
        return Tasks.custom(descriptor)
                .onDeadExecution(new CountedDeath(runs::died))
                .onFailure(this::failed)
                .execute((instance, context) -> next(runs.execute(
                        instance.getId(), () -> context.getSchedulerState().isShuttingDown())));
    }

    private static CompletionHandler<Void> next(Optional<Duration> pause) {
        return (complete, operations) -> goOn(complete, operations, pause);
    }

    private void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        String runId = complete.getExecution().taskInstance.getId();
        goOn(complete, operations, runs.failed(runId, complete.getCause().orElseThrow()));
    }

    private static void goOn(
            ExecutionComplete complete, ExecutionOperations<Void> operations, Optional<Duration> pause) {
        if (pause.isPresent()) {
            operations.reschedule(complete, complete.getTimeDone().plus(pause.get()));
        } else {
            operations.remove();
        }
    }
}
