package io.mlpool.training.backtest;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.mlpool.training.TrainingCancelledException;
import io.mlpool.training.backtest.BacktestStore.Begun;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.run.CountedDeath;
import io.mlpool.training.run.ProcessesLostException;
import io.mlpool.training.run.RunState;
import io.mlpool.training.run.SupersededException;
import io.mlpool.training.run.TrainingSlot;
import io.mlpool.training.run.TrainingSlot.Kind;
import io.mlpool.training.run.TrainingSlot.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/**
 * Executes a backtest as a task of db-scheduler: once, on one replica, one at a time. An execution whose process died is revived on
 * another, and the backtest goes on from its folder. Between two models it lets runs and trials train that wait for it.
 */
final class BacktestTask {

    static final TaskDescriptor<Void> BACKTEST = TaskDescriptor.of("backtest");

    private static final Logger LOG = LoggerFactory.getLogger(BacktestTask.class);

    /** How long a backtest waits while another one is running, or the database is away. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final BacktestStore store;
    private final Backtest backtest;
    private final BacktestArchive archive;
    private final TrainingSlot slot;

    BacktestTask(BacktestStore store, Backtest backtest, BacktestArchive archive, TrainingSlot slot) {
        this.store = store;
        this.backtest = backtest;
        this.archive = archive;
        this.slot = slot;
    }

    CustomTask<Void> task() {
        return Tasks.custom(BACKTEST)
                .onDeadExecution(new CountedDeath(store::died))
                .onFailure(this::failed)
                .execute((instance, context) -> next(execute(
                        instance.getId(), () -> context.getSchedulerState().isShuttingDown())));
    }

    /**
     * Takes a backtest as far as it can be taken now.
     *
     * @param stopping whether this process ends: the backtest goes on elsewhere, or here when it is started again
     * @return how long to leave it alone until it is executed again; empty when it is over, or another execution took over
     */
    Optional<Duration> execute(String id, BooleanSupplier stopping) {
        return switch (store.readiness(id)) {
            case OVER -> {
                slot.withdraw(Kind.BACKTEST, id);
                yield over(id);
            }
            case BLOCKED -> {
                slot.withdraw(Kind.BACKTEST, id);
                store.waits(id, "Waiting until another backtest is over");
                yield Optional.of(WAIT);
            }
            case READY -> inTheSlot(id, stopping);
        };
    }

    private Optional<Duration> inTheSlot(String id, BooleanSupplier stopping) {
        Optional<Turn> turn = slot.enter(Kind.BACKTEST, id);
        if (turn.isEmpty()) {
            store.waits(id, TrainingSlot.WAITING);
            return Optional.of(TrainingSlot.WAIT);
        }
        try (Turn _ = turn.get()) {
            Optional<Begun> begun = store.begin(id);
            return begun.isPresent() ? execute(begun.get(), stopping) : over(id);
        } catch (DuplicateKeyException anotherIsRunning) {
            return Optional.of(WAIT);
        }
    }

    /** It was cancelled while it waited, or its process died before it tidied up. */
    private Optional<Duration> over(String id) {
        archive.tidy(id);
        return Optional.empty();
    }

    private Optional<Duration> execute(Begun begun, BooleanSupplier stopping) {
        boolean ended;
        try {
            ProcessesLostException.requireHope(begun.lost());
            ended = store.succeed(begun, backtest.execute(begun.spec(), new Attempt(begun, stopping)));
        } catch (TrainingCancelledException e) {
            ended = store.leave(begun, RunState.CANCELLED, null);
        } catch (SupersededException e) {
            LOG.warn("{}; this one stops and writes nothing more", e.getMessage());
            return Optional.empty();
        } catch (GivingWayException e) {
            store.leave(begun, RunState.QUEUED, null);
            store.waits(begun.spec().id(), TrainingSlot.WAITING);
            return Optional.of(TrainingSlot.WAIT);
        } catch (StoppingException | CancellationException e) {
            store.leave(begun, RunState.QUEUED, null);
            return Optional.of(Duration.ZERO);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn(
                    "Backtest {} goes on when the database is back: {}",
                    begun.spec().id(),
                    e.getMessage());
            return Optional.of(WAIT);
        } catch (NoDataException e) {
            ended = store.leave(begun, RunState.FAILED, e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("Backtest {} failed", begun.spec().id(), e);
            ended = store.leave(begun, RunState.FAILED, inWords(e));
        }
        if (ended) {
            archive.tidy(begun.spec().id());
        }
        return Optional.empty();
    }

    /** A database that is away comes back; anything else would fail again. */
    private void failed(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        Throwable why = complete.getCause().orElseThrow();
        if (why instanceof DataAccessException || why instanceof TransactionException) {
            operations.reschedule(complete, complete.getTimeDone().plus(WAIT));
        } else {
            store.fail(complete.getExecution().taskInstance.getId(), inWords(why));
            operations.remove();
        }
    }

    private static CompletionHandler<Void> next(Optional<Duration> pause) {
        return (complete, operations) -> pause.ifPresentOrElse(
                wait -> operations.reschedule(complete, complete.getTimeDone().plus(wait)), operations::remove);
    }

    private static String inWords(Throwable why) {
        return why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage();
    }

    /** One execution: notes what happens, and stops when this process does. */
    private final class Attempt implements Backtest.Listener {

        private final Begun begun;
        private final BooleanSupplier stopping;
        private BacktestProgress progress = BacktestProgress.NONE;
        private boolean hasMadeOne;

        Attempt(Begun begun, BooleanSupplier stopping) {
            this.begun = begun;
            this.stopping = stopping;
        }

        @Override
        public void begins(int fold, int of) {
            if (hasMadeOne && slot.isWantedByRun()) {
                throw new GivingWayException();
            }
            note(progress.beginning(fold, of));
        }

        @Override
        public void heard(RunEvent event) {
            hasMadeOne |= event instanceof RunEvent.FoldJudged;
            note(progress.after(event));
        }

        @Override
        public void working() {
            if (stopping.getAsBoolean()) {
                throw new StoppingException();
            }
        }

        private void note(BacktestProgress next) {
            progress = next;
            store.note(begun, next);
            working();
        }
    }

    private static final class StoppingException extends RuntimeException {}

    private static final class GivingWayException extends RuntimeException {}
}
