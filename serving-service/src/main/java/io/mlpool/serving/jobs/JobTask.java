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

/**
 * Carries a job out as a task of db-scheduler: chunk after chunk, each committed once. When the process dies another one, or the
 * same one started again, goes on behind the last chunk that was committed.
 */
final class JobTask {

    private static final Logger LOG = LoggerFactory.getLogger(JobTask.class);

    private static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("batch-job");

    /** Until the next look, while there is nothing to answer from. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final JobStore jobs;
    private final ChunkForecasts forecasts;
    private final JobsProperties properties;

    JobTask(JobStore jobs, ChunkForecasts forecasts, JobsProperties properties) {
        this.jobs = jobs;
        this.forecasts = forecasts;
        this.properties = properties;
    }

    static TaskInstance<Void> of(UUID job) {
        return DESCRIPTOR.instance(job.toString()).build();
    }

    CustomTask<Void> task() {
        return Tasks.custom(DESCRIPTOR)
                .onDeadExecutionRevive()
                .onFailure(this::failed)
                .execute(
                        (instance, context) -> execute(UUID.fromString(instance.getId()), context.getSchedulerState()));
    }

    private CompletionHandler<Void> execute(UUID id, SchedulerState scheduler) {
        Optional<Job> job = jobs.begin(id);
        Optional<Job.Chunk> chunk = job.flatMap(this::next);
        while (chunk.isPresent()) {
            if (scheduler.isShuttingDown()) {
                return again(Duration.ZERO);
            }
            Optional<ChunkAnswer> answer = answer(job.get(), chunk.get());
            if (answer.isEmpty()) {
                return again(WAIT);
            }
            boolean goesOn = jobs.commit(job.get(), chunk.get(), answer.get());
            chunk = goesOn ? next(job.get()) : Optional.empty();
        }
        return new CompletionHandler.OnCompleteRemove<>();
    }

    private Optional<Job.Chunk> next(Job job) {
        return jobs.next(job, properties.chunkSize());
    }

    private Optional<ChunkAnswer> answer(Job job, Job.Chunk chunk) {
        Optional<ChunkAnswer> answer = forecasts.of(job, chunk, false);
        if (answer.isPresent() || jobs.waiting(job.id()).compareTo(properties.patience()) < 0) {
            return answer;
        }
        return Optional.of(forecasts
                .of(job, chunk, true)
                .orElseThrow(() -> new NobodyAnswersException(job.interval(), properties.patience())));
    }

    private static CompletionHandler<Void> again(Duration pause) {
        return (complete, operations) ->
                operations.reschedule(complete, complete.getTimeDone().plus(pause));
    }

    /** A database that is away comes back; anything else would fail again. */
    private void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        Throwable cause = complete.getCause().orElseThrow();
        if (cause instanceof DataAccessException || cause instanceof TransactionException) {
            operations.reschedule(complete, complete.getTimeDone().plus(WAIT));
            return;
        }
        String job = complete.getExecution().taskInstance.getId();
        LOG.warn("Batch job {} failed", job, cause);
        jobs.end(UUID.fromString(job), JobState.FAILED, describe(cause));
        operations.remove();
    }

    /** What was not foreseen has a name that says nothing to callers; it stands in the log. */
    private static String describe(Throwable cause) {
        return cause instanceof NobodyAnswersException
                ? String.valueOf(cause.getMessage())
                : "an unexpected error, which is in the log of the service";
    }

    private static final class NobodyAnswersException extends RuntimeException {

        NobodyAnswersException(String interval, Duration patience) {
            super("no model answered for %s candles within %d s: ask again when one is live (GET /models)"
                    .formatted(interval, patience.toSeconds()));
        }
    }
}
