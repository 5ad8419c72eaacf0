package io.mlpool.training.run;

import com.github.kagkarlsson.scheduler.SchedulerState;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.registry.BundleNotKeptException;
import io.mlpool.training.TrainingCancelledException;
import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.pipeline.TrainingRun;
import io.mlpool.training.pipeline.TrainingSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/**
 * Executes a run as a task of db-scheduler: once, on one replica. An execution whose process died is revived on another, and the
 * run goes on from its folder.
 */
final class TrainingTask {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingTask.class);

    private static final TaskDescriptor<Void> DESCRIPTOR = TaskDescriptor.of("training-run");

    /** How long a run waits while another one trains the same model, or the database is away. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    /** A registry that is away is asked less and less often, but with the usual wait every minute. */
    private static final int MOST_WAITS = 12;

    private final TrainingRuns runs;
    private final TrainingRun training;
    private final RunTracking tracking;
    private final Duration registryWait;

    TrainingTask(TrainingRuns runs, TrainingRun training, RunTracking tracking, Duration registryWait) {
        this.runs = runs;
        this.training = training;
        this.tracking = tracking;
        this.registryWait = registryWait;
    }

    static TaskInstance<Void> of(String runId) {
        return DESCRIPTOR.instance(runId).build();
    }

    CustomTask<Void> task() {
        return Tasks.custom(DESCRIPTOR)
                .onDeadExecutionRevive()
                .onFailure(this::failed)
                .execute((instance, context) -> execute(instance.getId(), context.getSchedulerState()));
    }

    private CompletionHandler<Void> execute(String runId, SchedulerState scheduler) {
        Optional<Integer> attempt;
        try {
            attempt = runs.begin(runId);
        } catch (DuplicateKeyException anotherOfTheModelIsRunning) {
            return (complete, operations) ->
                    operations.reschedule(complete, complete.getTimeDone().plus(WAIT));
        }
        Optional<TrainingSpec> spec = runs.spec(runId);
        if (attempt.isPresent() && spec.isPresent()) {
            tracking.tell(runId);
            return execute(spec.get(), attempt.get(), scheduler);
        }
        return new CompletionHandler.OnCompleteRemove<>();
    }

    private CompletionHandler<Void> execute(TrainingSpec spec, int attempt, SchedulerState scheduler) {
        String runId = spec.runId();
        try {
            Optional<Duration> pause = trainOrPause(spec, attempt, scheduler);
            if (pause.isPresent()) {
                return (complete, operations) ->
                        operations.reschedule(complete, complete.getTimeDone().plus(pause.get()));
            }
        } catch (TrainingCancelledException e) {
            runs.leave(runId, attempt, RunState.CANCELLED, null);
        } catch (SupersededException e) {
            LOG.warn("{}; this one stops and writes nothing more", e.getMessage());
        } catch (StoppingException | CancellationException e) {
            runs.leave(runId, attempt, RunState.QUEUED, null);
            return (complete, operations) -> operations.reschedule(complete, complete.getTimeDone());
        }
        tracking.tell(runId);
        return new CompletionHandler.OnCompleteRemove<>();
    }

    /** Trains to the end, or until the registry is needed while it is away; how long to leave it alone then. */
    private Optional<Duration> trainOrPause(TrainingSpec spec, int attempt, SchedulerState scheduler) {
        try {
            training.execute(spec, new Attempt(spec.runId(), attempt, scheduler));
            runs.leave(spec.runId(), attempt, RunState.SUCCEEDED, null);
            return Optional.empty();
        } catch (MlflowException | BundleNotKeptException e) {
            return Optional.of(pause(spec.runId(), attempt, e));
        }
    }

    /** What is trained is safe in the run's folder; a registry that is away comes back, one that refuses us is mended by people. */
    private Duration pause(String runId, int attempt, RuntimeException why) {
        Duration pause = registryWait.multipliedBy(Math.min(attempt, MOST_WAITS));
        runs.note(runId, attempt, new RunEvent.Stage("Waiting for the registry: " + why.getMessage()));
        runs.leave(runId, attempt, RunState.QUEUED, null);
        LOG.warn("Run {} goes on in {} s, nothing of it is lost: {}", runId, pause.toSeconds(), why.getMessage());
        return pause;
    }

    /** A database that is away comes back; anything else would fail again. */
    private void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        Throwable cause = complete.getCause().orElseThrow();
        if (cause instanceof DataAccessException || cause instanceof TransactionException) {
            operations.reschedule(complete, complete.getTimeDone().plus(WAIT));
            return;
        }
        runs.fail(complete.getExecution().taskInstance.getId(), describe(cause));
        operations.remove();
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** One execution of a run: notes what happens, and stops when this process does. */
    private final class Attempt implements RunEvent.Listener {

        private final String runId;
        private final int number;
        private final SchedulerState scheduler;

        Attempt(String runId, int number, SchedulerState scheduler) {
            this.runId = runId;
            this.number = number;
            this.scheduler = scheduler;
        }

        @Override
        public void heard(RunEvent event) {
            runs.note(runId, number, event);
            tracking.tell(runId);
            if (!(event instanceof RunEvent.Decided)) {
                working();
            }
        }

        @Override
        public void working() {
            if (scheduler.isShuttingDown()) {
                throw new StoppingException();
            }
        }
    }

    /** This process ends: the run goes on elsewhere, or here when it is started again. */
    private static final class StoppingException extends RuntimeException {}
}
