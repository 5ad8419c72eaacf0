package io.mlpool.training.study;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.errors.RefusedException;
import io.mlpool.training.pipeline.RunJson;
import io.mlpool.training.run.RunExecution;
import io.mlpool.training.run.RunState;
import io.mlpool.training.run.RunView;
import io.mlpool.training.run.Trainings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import tools.jackson.core.JacksonException;

/** Executes one trial of a study and nothing else: what a pod of an Indexed Job does. */
public final class TrialJob implements DisposableBean {

    /** The trial is over, and how it went stands in the database. */
    public static final int DONE = 0;

    /** The process was stopped, or failed itself; another one may go on. */
    public static final int STOPPED = 1;

    /** The trial failed, or there is none of this number in a study like this, and so it would be again. */
    public static final int FAILED = 3;

    private static final Logger LOG = LoggerFactory.getLogger(TrialJob.class);

    private final TrialProperties trial;
    private final Studies studies;
    private final Trainings trainings;
    private final RunExecution runs;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final ReentrantLock working = new ReentrantLock();

    TrialJob(TrialProperties trial, Studies studies, Trainings trainings, RunExecution runs) {
        this.trial = trial;
        this.studies = studies;
        this.trainings = trainings;
        this.runs = runs;
    }

    /**
     * Takes the trial to its end, once in the life of a process; every process of the job starts the study, and one does. Whatever
     * goes wrong is a code, too: a process that does not end keeps its pod for nothing.
     */
    public int execute() throws InterruptedException {
        working.lock();
        try {
            return execute(studies.start(read(trial.file())));
        } catch (JacksonException | InvalidRequestException | RefusedException e) {
            LOG.error("The study of {} is refused: {}", trial.file(), e.getMessage());
            return FAILED;
        } catch (RuntimeException | Error e) {
            LOG.error("Trial {} is left to another process", trial.number(), e);
            return STOPPED;
        } finally {
            working.unlock();
        }
    }

    private int execute(StudyView study) throws InterruptedException {
        if (trial.number() >= study.trials()) {
            LOG.error(
                    "Study {} has {} trials and none of number {}: the job must have as many completions",
                    study.id(),
                    study.trials(),
                    trial.number());
            return FAILED;
        }
        String runId = Study.runOf(study.id(), trial.number());
        Optional<Duration> pause = step(runId);
        while (pause.isPresent()) {
            if (stopping.await(pause.get().toMillis(), TimeUnit.MILLISECONDS)) {
                return STOPPED;
            }
            pause = step(runId);
        }
        RunView run = trainings.find(runId);
        LOG.info(
                "Trial {} of study {} {}: {}",
                trial.number(),
                study.id(),
                run.state().label(),
                run.score());
        return code(run.state());
    }

    /** A run that is not over was taken over by another process: a success of this one would have Kubernetes end that one. */
    private static int code(RunState state) {
        return switch (state) {
            case SUCCEEDED, CANCELLED -> DONE;
            case QUEUED, RUNNING -> STOPPED;
            case FAILED -> FAILED;
        };
    }

    private Optional<Duration> step(String runId) {
        try {
            return runs.execute(runId, this::isStopping);
        } catch (RuntimeException e) {
            LOG.error("Trial {} did not go on", runId, e);
            return runs.failed(runId, e);
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Without an id each process would start a study of its own, and without a word the service would execute the trials, too. */
    private static StudyRequest read(Path file) {
        StudyRequest request = RunJson.MAPPER.readValue(file.toFile(), StudyRequest.class);
        if (request.id() == null || request.executedBy() != ExecutedBy.JOB) {
            throw RefusedException.conflict("it needs an id, and \"executed_by\": \"job\"");
        }
        return request;
    }

    /** What the trial writes last is still written: the connections go after this. */
    @Override
    public void destroy() throws InterruptedException {
        stopping.countDown();
        if (working.tryLock(30, TimeUnit.SECONDS)) {
            working.unlock();
        }
    }
}
