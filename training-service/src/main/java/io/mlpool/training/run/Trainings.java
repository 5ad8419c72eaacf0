package io.mlpool.training.run;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.mlpool.errors.RefusedException;
import io.mlpool.training.pipeline.TrainingSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Starts, follows and cancels runs, whichever replica executes them. */
public final class Trainings {

    private static final Duration LOOK = Duration.ofMillis(250);

    private final TrainingRuns runs;
    private final SchedulerClient scheduler;
    private final TransactionTemplate transaction;
    private final RunRequestReader reader;
    private final Clock clock;

    /**
     * Runs over a database and its scheduler.
     *
     * @param transaction of the database that {@code scheduler} also takes part in: a run and its task appear together
     */
    public Trainings(
            TrainingRuns runs,
            SchedulerClient scheduler,
            TransactionTemplate transaction,
            RunRequestReader reader,
            Clock clock) {
        this.runs = runs;
        this.scheduler = scheduler;
        this.transaction = transaction;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * Queues a run. The same request with the same id again gives the run that is there.
     *
     * @throws io.mlpool.errors.InvalidRequestException when the request makes no sense
     * @throws RefusedException when the id is that of a run with another request
     */
    public RunView start(RunRequest request, Cause cause) {
        TrainingSpec spec = reader.read(request);
        queue(spec, cause, null);
        if (runs.spec(spec.runId()).filter(spec::equals).isEmpty()) {
            throw RefusedException.conflict(
                    "run %s exists and was asked for something else: choose another id".formatted(spec.runId()));
        }
        return find(spec.runId());
    }

    /**
     * Queues a run. A trial only begins when it is {@link #scheduleTrial scheduled}, or elsewhere.
     *
     * @return whether there was none of its id; what is there stays as it is
     */
    public boolean queue(TrainingSpec spec, Cause cause, @Nullable StudyPart part) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean added = runs.add(spec, cause, part);
            if (added && (part == null || part.trial() == null)) {
                schedule(TrainingTask.RUN, spec.runId());
            }
            return added;
        }));
    }

    /** Has the service execute a queued trial. */
    public void scheduleTrial(String id) {
        schedule(TrainingTask.TRIAL, id);
    }

    private void schedule(TaskDescriptor<Void> task, String id) {
        scheduler.scheduleIfNotExists(task.instance(id).build(), clock.instant());
    }

    /**
     * The run of this id.
     *
     * @throws RefusedException when there is none
     */
    public RunView find(String id) {
        return runs.find(id)
                .orElseThrow(() -> RefusedException.notFound("there is no training run '%s'".formatted(id)));
    }

    /**
     * Cancels a queued run at once, a running one after its epoch.
     *
     * @throws RefusedException when there is none, or it is over
     */
    public RunView cancel(String id) {
        RunView run = find(id);
        if (run.state().isFinal()) {
            throw RefusedException.conflict(
                    "run %s has %s already".formatted(id, run.state().label()));
        }
        runs.cancel(id);
        return find(id);
    }

    /**
     * Tells of everything that happens in a run until it is over, and returns then.
     *
     * @param after id of the last event that is known already; 0 for all
     * @param idle is called a few times a second while nothing happens
     * @throws InterruptedException when the thread is to stop waiting
     */
    public void follow(String id, long after, Consumer<RecordedEvent> heard, Runnable idle)
            throws InterruptedException {
        long last = after;
        while (true) {
            boolean over = find(id).state().isFinal();
            for (RecordedEvent event : runs.events(id, last)) {
                heard.accept(event);
                last = event.id();
            }
            if (over) {
                return;
            }
            idle.run();
            Thread.sleep(LOOK);
        }
    }
}
