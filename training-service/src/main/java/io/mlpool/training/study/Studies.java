package io.mlpool.training.study;

import io.mlpool.errors.RefusedException;
import io.mlpool.market.CandleStore;
import io.mlpool.market.SeriesKey;
import io.mlpool.market.SeriesSummary;
import io.mlpool.training.pipeline.TrainingSpec;
import io.mlpool.training.run.Cause;
import io.mlpool.training.run.StudyPart;
import io.mlpool.training.run.TrainingRuns;
import io.mlpool.training.run.Trainings;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Studies from the request to the gate: every trial is judged on the walk-forward folds, and when all are over the best one's
 * way is trained in full by an ordinary run. So there is one gate, and the slice that it judges on was seen by no trial.
 */
public final class Studies {

    private static final Logger LOG = LoggerFactory.getLogger(Studies.class);

    private final StudyStore store;
    private final StudyReader reader;
    private final TrainingRuns runs;
    private final Trainings trainings;
    private final CandleStore candles;
    private final TransactionTemplate transaction;

    /** @param transaction of the database that all of these are in */
    Studies(
            StudyStore store,
            StudyReader reader,
            TrainingRuns runs,
            Trainings trainings,
            CandleStore candles,
            TransactionTemplate transaction) {
        this.store = store;
        this.reader = reader;
        this.runs = runs;
        this.trainings = trainings;
        this.candles = candles;
        this.transaction = transaction;
    }

    /**
     * Queues all trials. The same request with the same id again gives the study that is there.
     *
     * @throws io.mlpool.errors.InvalidRequestException when the request makes no sense
     * @throws RefusedException when the id is that of a study with another request, or there are no candles yet
     */
    public StudyView start(StudyRequest request) {
        String id = request.id() == null ? UUID.randomUUID().toString() : request.id();
        Study asked = reader.read(id, request);
        if (store.find(id).isEmpty()) {
            Study study = asked.orUntil(newestClose(asked.trials().getFirst()));
            transaction.executeWithoutResult(status -> add(study, request));
        }
        if (store.request(id).filter(request::equals).isEmpty()) {
            throw RefusedException.conflict(
                    "study %s exists and was asked for something else: choose another id".formatted(id));
        }
        return find(id);
    }

    /**
     * The study of this id.
     *
     * @throws RefusedException when there is none
     */
    public StudyView find(String id) {
        return store.find(id).orElseThrow(() -> RefusedException.notFound("there is no study '%s'".formatted(id)));
    }

    /** The latest studies, newest first. */
    public List<StudyView> latest(int limit) {
        return store.latest(limit);
    }

    /**
     * The trials of a study in their order.
     *
     * @throws RefusedException when there is no such study
     */
    public List<TrialView> trials(String id) {
        return store.trials(find(id).id());
    }

    /**
     * Cancels the trials that are not over; nothing is trained in full then.
     *
     * @throws RefusedException when there is no such study, or its trials are over
     */
    public StudyView cancel(String id) {
        find(id);
        transaction.executeWithoutResult(status -> {
            if (!store.lock(id)) {
                throw over(find(id));
            }
            store.cancel(id);
            store.unfinished(id).forEach(runs::cancel);
        });
        return find(id);
    }

    private static RefusedException over(StudyView study) {
        return RefusedException.conflict("the trials of study %s are over already%s"
                .formatted(
                        study.id(),
                        study.state().equals("judging")
                                ? ": cancel run " + study.bestRun()
                                : ", it is " + study.state()));
    }

    /** Does what is due: gives up trials that fell silent, has the service begin the next ones, closes studies that are over. */
    void look(Duration silence) {
        store.silent(silence)
                .forEach(run -> runs.fail(
                        run,
                        "nothing was heard of its process for %s minutes: it is given up"
                                .formatted(silence.toMinutes())));
        store.open().forEach(this::attend);
    }

    /** One study that cannot be read does not keep the others waiting. */
    private void attend(String study) {
        try {
            store.next(study).ifPresent(trainings::scheduleTrial);
            transaction.executeWithoutResult(status -> close(study));
        } catch (RuntimeException e) {
            LOG.error("Study {} is not looked after", study, e);
        }
    }

    private void add(Study study, StudyRequest request) {
        if (!store.add(study, request)) {
            return;
        }
        requireFree(
                Study.bestOf(study.id()), runs.find(Study.bestOf(study.id())).isEmpty());
        boolean apart = study.executedBy() == ExecutedBy.JOB;
        List<TrainingSpec> first = study.first();
        for (int i = 0; i < first.size(); i++) {
            TrainingSpec trial = first.get(i);
            boolean added = trainings.queue(trial, Cause.STUDY, new StudyPart(study.id(), i, apart));
            requireFree(trial.runId(), added);
        }
    }

    private static void requireFree(String run, boolean free) {
        if (!free) {
            throw RefusedException.conflict(
                    "there is a run %s already, which the study would need: choose another id".formatted(run));
        }
    }

    private void close(String id) {
        if (!store.lock(id) || !store.unfinished(id).isEmpty()) {
            return;
        }
        boolean cancelled = find(id).state().equals("cancelled");
        if (!cancelled && nextFold(id)) {
            return;
        }
        Optional<TrainingSpec> best = cancelled ? Optional.empty() : store.best(id);
        store.close(id, best.map(TrainingSpec::runId).orElse(null));
        best.ifPresent(
                spec -> trainings.queue(spec.named(Study.bestOf(id)), Cause.STUDY, new StudyPart(id, null, false)));
    }

    /** Queues the best ones' trials on the next fold, where the study has one; false when it is over. */
    private boolean nextFold(String id) {
        Optional<Halving> halving = store.halving(id);
        int fold = store.foldsDone(id);
        if (halving.isEmpty() || fold >= halving.get().rounds()) {
            return false;
        }
        List<TrainingSpec> survivors = store.best(id, fold, halving.get().entering(fold));
        if (survivors.size() < 2) {
            return false;
        }
        boolean any = false;
        for (TrainingSpec survivor : survivors) {
            int number = halving.get().trial(fold, Study.trialOf(survivor.runId()));
            TrainingSpec trial = survivor.named(Study.runOf(id, number)).onFold(fold);
            // Where somebody took the name meanwhile the candidate is out: the others decide.
            any |= trainings.queue(trial, Cause.STUDY, new StudyPart(id, number, false));
        }
        return any;
    }

    /** All trials learn from the same candles, whenever they begin. */
    private Instant newestClose(TrainingSpec spec) {
        return candles.summaries().stream()
                .filter(one -> one.key().interval() == spec.interval()
                        && one.key().vsCurrency().equals(SeriesKey.USD)
                        && (spec.assets().isEmpty()
                                || spec.assets().contains(one.key().asset())))
                .map(SeriesSummary::lastClose)
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> RefusedException.conflict(
                        "there are no %s candles of these assets to learn from yet".formatted(spec.interval())));
    }
}
