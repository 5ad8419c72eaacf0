package io.mlpool.training.run;

import io.mlpool.mlflow.MlflowException;
import io.mlpool.registry.BundleNotKeptException;
import io.mlpool.training.TrainingCancelledException;
import io.mlpool.training.pipeline.RunEvent;
import io.mlpool.training.pipeline.TrainingRun;
import io.mlpool.training.pipeline.TrialRun;
import io.mlpool.training.run.TrainingRuns.Begun;
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

/** Executes queued runs and trials in this process, until they are over or have to wait. */
public final class RunExecution {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    /** How long a run waits while another one trains the same model, or the database is away. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    /** A registry that is away is asked less and less often, but with the usual wait every minute. */
    private static final int MOST_WAITS = 12;

    private final TrainingRuns runs;
    private final TrainingRun training;
    private final TrialRun trial;
    private final RunTracking tracking;
    private final TrainingSlot slot;
    private final Duration registryWait;

    /**
     * Executes runs one way.
     *
     * @param slot that runs train in
     * @param registryWait how long a run waits for a registry that is away; each time it was in vain a little longer
     */
    public RunExecution(
            TrainingRuns runs,
            TrainingRun training,
            TrialRun trial,
            RunTracking tracking,
            TrainingSlot slot,
            Duration registryWait) {
        this.runs = runs;
        this.training = training;
        this.trial = trial;
        this.tracking = tracking;
        this.slot = slot;
        this.registryWait = registryWait;
    }

    /**
     * Takes a run as far as it can be taken now. What it throws is for {@link #failed}.
     *
     * @param stopping whether this process ends: the run goes on elsewhere, or here when it is started again
     * @return how long to leave it alone until it is executed again; empty when it is over, or another execution took over
     */
    public Optional<Duration> execute(String runId, BooleanSupplier stopping) {
        return switch (runs.readiness(runId)) {
            case OVER -> {
                slot.withdraw(Kind.RUN, runId);
                yield Optional.empty();
            }
            case BLOCKED -> {
                slot.withdraw(Kind.RUN, runId);
                runs.waits(runId, "Waiting until another run of its model is over");
                yield Optional.of(WAIT);
            }
            case READY -> inTheSlot(runId, stopping);
        };
    }

    private Optional<Duration> inTheSlot(String runId, BooleanSupplier stopping) {
        Optional<Turn> turn = slot.enter(Kind.RUN, runId);
        if (turn.isEmpty()) {
            runs.waits(runId, TrainingSlot.WAITING);
            return Optional.of(TrainingSlot.WAIT);
        }
        try (Turn _ = turn.get()) {
            return runs.begin(runId).flatMap(run -> execute(run, stopping));
        } catch (DuplicateKeyException anotherOfTheModelIsRunning) {
            return Optional.of(WAIT);
        }
    }

    /** Counts a process that died while it executed the run, before another one goes on with it. */
    public void died(String runId) {
        runs.died(runId);
    }

    /** A database that is away comes back; anything else would fail again. The answer is that of {@link #execute}. */
    public Optional<Duration> failed(String runId, Throwable why) {
        if (why instanceof DataAccessException || why instanceof TransactionException) {
            return Optional.of(WAIT);
        }
        runs.fail(runId, inWords(why));
        return Optional.empty();
    }

    private static String inWords(Throwable why) {
        String message = why.getMessage();
        return message == null ? why.getClass().getSimpleName() : message;
    }

    private Optional<Duration> execute(Begun begun, BooleanSupplier stopping) {
        String runId = begun.spec().runId();
        tracking.tell(runId);
        Optional<Duration> pause = toTheEnd(begun, stopping);
        if (pause.isEmpty()) {
            tracking.tell(runId);
        }
        return pause;
    }

    private Optional<Duration> toTheEnd(Begun begun, BooleanSupplier stopping) {
        String runId = begun.spec().runId();
        try {
            return trainOrPause(begun, new Attempt(runId, begun.attempt(), stopping));
        } catch (TrainingCancelledException e) {
            runs.leave(runId, begun.attempt(), RunState.CANCELLED, null);
        } catch (SupersededException e) {
            LOG.warn("{}; this one stops and writes nothing more", e.getMessage());
        } catch (StoppingException | CancellationException e) {
            runs.leave(runId, begun.attempt(), RunState.QUEUED, null);
            return Optional.of(Duration.ZERO);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Run {} goes on when the database is back: {}", runId, e.getMessage());
            return Optional.of(WAIT);
        } catch (RuntimeException e) {
            LOG.error("Run {} failed", runId, e);
            runs.leave(runId, begun.attempt(), RunState.FAILED, inWords(e));
        }
        return Optional.empty();
    }

    /** Trains to the end, or until the registry is needed while it is away; how long to leave it alone then. */
    private Optional<Duration> trainOrPause(Begun begun, RunEvent.Listener listener) {
        String runId = begun.spec().runId();
        try {
            ProcessesLostException.requireHope(begun.lost());
            train(begun, listener);
            runs.leave(runId, begun.attempt(), RunState.SUCCEEDED, null);
            return Optional.empty();
        } catch (MlflowException | BundleNotKeptException e) {
            return Optional.of(pause(runId, begun.attempt(), e));
        }
    }

    private void train(Begun begun, RunEvent.Listener listener) {
        if (begun.trial()) {
            trial.execute(begun.spec(), listener);
        } else {
            training.execute(begun.spec(), listener);
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

    /** One execution of a run: notes what happens, and stops when this process does. */
    private final class Attempt implements RunEvent.Listener {

        private final String runId;
        private final int number;
        private final BooleanSupplier stopping;

        Attempt(String runId, int number, BooleanSupplier stopping) {
            this.runId = runId;
            this.number = number;
            this.stopping = stopping;
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
            if (stopping.getAsBoolean()) {
                throw new StoppingException();
            }
        }
    }

    private static final class StoppingException extends RuntimeException {}
}
