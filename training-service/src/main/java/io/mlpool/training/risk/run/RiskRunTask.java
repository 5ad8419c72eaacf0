package io.mlpool.training.risk.run;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.mlpool.mlflow.MlflowException;
import io.mlpool.registry.BundleNotKeptException;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.risk.RiskDecision;
import io.mlpool.training.risk.RiskTraining;
import io.mlpool.training.run.CountedDeath;
import io.mlpool.training.run.ProcessesLostException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Executes a run as a task of db-scheduler: once, on one replica. An execution whose process died is revived on another. */
final class RiskRunTask {

    static final TaskDescriptor<Void> RUN = TaskDescriptor.of("risk-run");

    private static final Logger LOG = LoggerFactory.getLogger(RiskRunTask.class);

    /** How long a run waits for a registry or a database that is away, or for another process when its own ends. */
    private static final Duration WAIT = Duration.ofSeconds(30);

    private final RiskRuns runs;
    private final RiskTraining training;

    RiskRunTask(RiskRuns runs, RiskTraining training) {
        this.runs = runs;
        this.training = training;
    }

    CustomTask<Void> task() {
        return Tasks.custom(RUN)
                .onDeadExecution(new CountedDeath(runs::died))
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, complete.getTimeDone().plus(WAIT)))
                .execute((instance, context) -> next(execute(instance.getId())));
    }

    /** Takes a run to its end; answers how long to leave it alone where that is not possible now. */
    Optional<Duration> execute(String id) {
        return runs.begin(id).flatMap(this::execute);
    }

    private Optional<Duration> execute(RiskRuns.Begun begun) {
        String id = begun.run().id();
        try {
            ProcessesLostException.requireHope(begun.lost());
            RiskDecision decision = training.execute(begun.run(), runs.notes(begun));
            LOG.info("Run {} of {}: {}", id, begun.run().model(), decision.reason());
            runs.end(begun, "succeeded", null);
        } catch (MlflowException
                | BundleNotKeptException
                | DataAccessException
                | TransactionException
                | CancellationException e) {
            LOG.warn("Run {} goes on in {} s: {}", id, WAIT.toSeconds(), e.getMessage());
            return Optional.of(WAIT);
        } catch (NoDataException e) {
            LOG.info("Run {} of {} was skipped: {}", id, begun.run().model(), e.getMessage());
            runs.end(begun, "skipped", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("Run {} failed", id, e);
            runs.end(begun, "failed", e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
        return Optional.empty();
    }

    private static CompletionHandler<Void> next(Optional<Duration> pause) {
        return (complete, operations) -> pause.ifPresentOrElse(
                wait -> operations.reschedule(complete, complete.getTimeDone().plus(wait)), operations::remove);
    }
}
