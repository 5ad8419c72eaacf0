package io.mlpool.training.pipeline;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.training.Trainer;
import io.mlpool.training.Trainers;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.dataset.WalkForwardPlan;
import io.mlpool.training.dataset.WindowSet;
import java.util.stream.IntStream;

/**
 * One trial of a study: how good models are that are made like this. They are judged on the walk-forward folds alone, so that
 * the held-out slice stays unseen for the one gate at the end. Nothing is registered. Killed and executed again with the same run
 * id, it goes on from its last finished epoch.
 */
public final class TrialRun {

    private final RunStart start;
    private final Trainers trainers;
    private final TrainingSettings settings;
    private final StoredFolder storage;

    /** @param storage folder that run folders are made in */
    public TrialRun(DatasetReader candles, Trainers trainers, TrainingSettings settings, StoredFolder storage) {
        this.start = new RunStart(candles, settings);
        this.trainers = trainers;
        this.settings = settings;
        this.storage = storage;
    }

    /**
     * Trains a model for each fold, or for the only one that it is to be judged on, and judges it on what came after.
     *
     * @throws io.mlpool.training.TrainingCancelledException when the listener asks for it
     * @throws io.mlpool.training.dataset.NoDataException when there is too little to learn from
     */
    public TrialScore execute(TrainingSpec spec, RunEvent.Listener listener) {
        RunFolder folder = RunFolder.open(storage, spec.runId());
        RunLog log = new RunLog(folder, listener);
        Trainer trainer = trainers.of(spec.algorithm()).with(spec.hyperParameters());

        log.stage("Reading %s candles".formatted(spec.interval()));
        Dataset data = start.read(spec, trainer, folder, () -> null);
        log.snapshot(data.snapshot());
        spec.requireLearnable(data.snapshot());
        log.described(folder.parameters().orElseThrow(), RunEnvironment.of(trainer));

        WindowSet windows = settings.windows(data, spec.interval());
        WalkForwardPlan plan = settings.plan(windows);
        spec.fold().ifPresent(fold -> requireFold(plan, fold));
        ModelTraining training = new ModelTraining(trainer, spec.learnFrom(), settings, folder, log);
        IntStream folds = spec.fold()
                .map(IntStream::of)
                .orElseGet(() -> IntStream.range(0, plan.folds().size()));
        TrialScore score = TrialScore.of(
                training.evaluations(plan, windows, folds, spec.seed()),
                plan.last().testFrom());
        log.tried(score);
        return score;
    }

    /** Few candles make fewer folds than are set. */
    private static void requireFold(WalkForwardPlan plan, int fold) {
        int folds = plan.folds().size();
        if (fold >= folds) {
            throw new NoDataException(
                    "there is no fold %d to judge this trial on: the candles make %d, since each must judge mlpool.training.fewest-fold-windows; import or fetch more history, or leave halving out"
                            .formatted(fold + 1, folds));
        }
    }
}
