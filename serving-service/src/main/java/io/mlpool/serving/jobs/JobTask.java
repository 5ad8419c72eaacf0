package io.mlpool.serving.jobs;

import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Does a job as a task of db-scheduler: once, on one replica; one whose process died goes on elsewhere behind the last stored chunk. */
final class JobTask {

    private static final Logger LOG = LoggerFactory.getLogger(JobTask.class);
    private static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("batch-job");

    /** How long a job waits while no model is live or the database is away. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final BatchJobs jobs;
    private final JobWork work;

    JobTask(BatchJobs jobs, JobWork work) {
        this.jobs = jobs;
        this.work = work;
    }

    static TaskInstance<Void> of(UUID id) {
        return DESCRIPTOR.instance(id.toString()).build();
    }

    CustomTask<Void> task() {
        return Tasks.custom(DESCRIPTOR)
                .onDeadExecutionRevive()
                .onFailure(this::failed)
                .execute(
                        (instance, context) -> execute(UUID.fromString(instance.getId()), context.getSchedulerState()));
    }

    private CompletionHandler<Void> execute(UUID id, SchedulerState scheduler) {
        Optional<BatchJobs.Order> order = jobs.begin(id) ? jobs.order(id) : Optional.empty();
        if (order.isEmpty()) {
            return new CompletionHandler.OnCompleteRemove<>();
        }
        while (!scheduler.isShuttingDown()) {
            switch (work.next(order.get())) {
                case MORE -> {}
                case ALL_DONE -> {
                    jobs.end(id, JobState.SUCCEEDED, null);
                    return new CompletionHandler.OnCompleteRemove<>();
                }
                case ENDED -> {
                    return new CompletionHandler.OnCompleteRemove<>();
                }
                case NOBODY_TO_ASK -> {
                    return later(WAIT);
                }
            }
        }
        return later(Duration.ZERO);
    }

    private static CompletionHandler<Void> later(Duration wait) {
        return (complete, operations) ->
                operations.reschedule(complete, complete.getTimeDone().plus(wait));
    }

    /** A database that is away comes back; anything else would fail again. */
    private void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        Throwable cause = complete.getCause().orElseThrow();
        if (cause instanceof DataAccessException || cause instanceof TransactionException) {
            operations.reschedule(complete, complete.getTimeDone().plus(WAIT));
            return;
        }
        String id = complete.getExecution().taskInstance.getId();
        LOG.error("Batch job {} failed and is not tried again", id, cause);
        jobs.end(
                UUID.fromString(id), JobState.FAILED, "an unexpected error, the log of the serving service tells more");
        operations.remove();
    }
}
