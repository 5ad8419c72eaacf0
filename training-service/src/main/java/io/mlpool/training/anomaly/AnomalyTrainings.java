package io.mlpool.training.anomaly;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.mlpool.errors.RefusedException;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.registry.BundleNotKeptException;
import io.mlpool.training.run.CountedDeath;
import io.mlpool.training.run.ProcessesLostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Starts runs, and executes each as a task of db-scheduler: once, on one replica. An execution whose process died is revived on another one, and begins
 * anew.
 */
final class AnomalyTrainings {

    private static final Logger LOG = LoggerFactory.getLogger(AnomalyTrainings.class);
    private static final TaskDescriptor<Void> RUN = TaskDescriptor.of("anomaly-training");

    /** How long a run waits while another one trains the same model, or the database or the registry is away. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final AnomalyRuns runs;
    private final AnomalyTraining training;
    private final SchedulerClient scheduler;
    private final TransactionTemplate transaction;
    private final Clock clock;

    AnomalyTrainings(
            AnomalyRuns runs,
            AnomalyTraining training,
            SchedulerClient scheduler,
            TransactionTemplate transaction,
            Clock clock) {
        this.runs = runs;
        this.training = training;
        this.scheduler = scheduler;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Queues a run. The same request with the same id again gives the run that is there.
     *
     * @throws RefusedException when the id is that of a run with another request
     */
    AnomalyRunView start(AnomalySpec spec, String cause) {
        transaction.executeWithoutResult(status -> {
            if (runs.add(spec, cause)) {
                scheduler.scheduleIfNotExists(RUN.instance(spec.runId()).build(), clock.instant());
            }
        });
        if (runs.spec(spec.runId()).filter(spec::equals).isEmpty()) {
            throw RefusedException.conflict(
                    "run %s exists and was asked for something else: choose another id".formatted(spec.runId()));
        }
        return find(spec.runId());
    }

    AnomalyRunView find(String id) {
        return runs.find(id).orElseThrow(() -> RefusedException.notFound("there is no anomaly run '%s'".formatted(id)));
    }

    CustomTask<Void> task() {
        return Tasks.custom(RUN)
                .onDeadExecution(new CountedDeath(runs::died))
                .onFailure((complete, operations) -> goOn(complete, operations, Optional.of(WAIT)))
                .execute((instance, context) -> next(execute(instance.getId())));
    }

    /** How long to leave a run alone; empty when it is over. */
    Optional<Duration> execute(String id) {
        try {
            return runs.begin(id).flatMap(this::execute);
        } catch (DuplicateKeyException anotherOfTheModelIsRunning) {
            return Optional.of(WAIT);
        }
    }

    private Optional<Duration> execute(AnomalyRuns.Begun begun) {
        try {
            ProcessesLostException.requireHope(begun.lost());
            runs.succeed(begun, training.execute(begun.spec(), runs.listener(begun)));
            return Optional.empty();
        } catch (MlflowException | BundleNotKeptException e) {
            LOG.warn("Run {} waits for the registry: {}", begun.spec().runId(), e.getMessage());
            runs.leave(begun);
            return Optional.of(WAIT);
        } catch (DataAccessException | TransactionException | CancellationException e) {
            LOG.warn("Run {} goes on in {} s: {}", begun.spec().runId(), WAIT.toSeconds(), e.getMessage());
            return Optional.of(WAIT);
        } catch (RuntimeException | Error e) {
            LOG.error("Run {} failed", begun.spec().runId(), e);
            runs.fail(begun, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
            return Optional.empty();
        }
    }

    private static CompletionHandler<Void> next(Optional<Duration> pause) {
        return (complete, operations) -> goOn(complete, operations, pause);
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
