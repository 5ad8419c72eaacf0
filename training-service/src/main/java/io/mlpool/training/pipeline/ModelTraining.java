package io.mlpool.training.pipeline;

import io.mlpool.encryption.StoredFile;
import io.mlpool.training.Assignment;
import io.mlpool.training.TrainedModel;
import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.NoDataException;
import io.mlpool.training.dataset.WalkForwardPlan;
import io.mlpool.training.dataset.WalkForwardSplit;
import io.mlpool.training.dataset.WindowSet;
import io.mlpool.training.evaluation.Evaluation;
import io.mlpool.training.evaluation.Forecasts;
import io.mlpool.training.evaluation.StepErrors;
import io.mlpool.training.naive.RandomWalk;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Trains the networks of a run: one for each fold, whose forecasts are kept, and the final one. */
final class ModelTraining {

    private final Trainer trainer;
    private final List<String> learnFrom;
    private final TrainingSettings settings;
    private final RunFolder folder;
    private final RunLog log;

    /** @param learnFrom assets that models learn from, whatever they are judged on; empty for all */
    ModelTraining(Trainer trainer, List<String> learnFrom, TrainingSettings settings, RunFolder folder, RunLog log) {
        this.trainer = trainer;
        this.learnFrom = learnFrom;
        this.settings = settings;
        this.folder = folder;
        this.log = log;
    }

    /** Forecasts of each fold's test slice by a model trained before it; a fold that is done is not done again. */
    List<Forecasts> folds(WalkForwardPlan plan, WindowSet windows, long seed) {
        return IntStream.range(0, plan.folds().size())
                .mapToObj(i -> unseen(plan, windows, i, seed))
                .toList();
    }

    private Forecasts unseen(WalkForwardPlan plan, WindowSet windows, int index, long seed) {
        int folds = plan.folds().size();
        WalkForwardSplit split = plan.folds().get(index);
        WindowSet judged = split.test(windows).thinned(settings.mostJudgedWindows());
        return unseen(new Fold(index + 1, folds, folds + 1), split.train(windows), judged, seed + index + 1);
    }

    /**
     * A fold.
     *
     * @param number counted from 1
     * @param of how many there are
     * @param parts models that are trained in all, that of each fold and what comes after
     */
    record Fold(int number, int of, int parts) {

        String name() {
            return "fold-" + number;
        }

        private String inWords() {
            return "Training fold %d of %d%s"
                    .formatted(number, of, parts > of ? " to see how wrong such a model is" : "");
        }
    }

    /** Forecasts of windows by a model trained before them; what is done is not done again. */
    Forecasts unseen(Fold fold, WindowSet train, WindowSet judged, long seed) {
        return folder.forecasts(fold.name(), judged).orElseGet(() -> forecast(fold, train, judged, seed));
    }

    /** How good the forecasts of some folds are, before calibration; those are counted from 0. */
    List<Evaluation> evaluations(WalkForwardPlan plan, WindowSet windows, IntStream folds, long seed) {
        return folds.mapToObj(i -> evaluation(plan.folds().get(i).train(windows), unseen(plan, windows, i, seed)))
                .toList();
    }

    private Evaluation evaluation(WindowSet train, Forecasts unseen) {
        return Evaluation.of(unseen, RandomWalk.fit(train), StepErrors.of(train), settings.cost());
    }

    /** The model that is judged on the held-out slice. */
    TrainedModel last(WalkForwardPlan plan, WindowSet train, long seed, Optional<StoredFile> startFrom) {
        int parts = plan.folds().size() + 1;
        WindowSet learned = own(train);
        log.stage("Training on %d windows".formatted(learned.size()));
        return train("model", parts, parts, learned, seed, startFrom);
    }

    /** The naive model: it has no epochs. */
    TrainedModel naive(WindowSet train, long seed) {
        return train("naive", 1, 1, train, seed, Optional.empty());
    }

    private Forecasts forecast(Fold fold, WindowSet train, WindowSet judged, long seed) {
        log.stage(fold.inWords());
        WindowSet learned = own(train).thinned(settings.mostFoldWindows());
        TrainedModel model = train(fold.name(), fold.number(), fold.parts(), learned, seed, Optional.empty());
        Forecasts forecasts = Forecasts.of(log.watched(model.forecaster()), judged);
        log.foldJudged(fold.name(), evaluation(train, forecasts));
        folder.save(fold.name(), forecasts);
        return forecasts;
    }

    private WindowSet own(WindowSet train) {
        return learnFrom.isEmpty() ? train : train.ofAssets(learnFrom);
    }

    private TrainedModel train(
            String part, int number, int parts, WindowSet slice, long seed, Optional<StoredFile> startFrom) {
        WalkForwardSplit stop = WalkForwardPlan.validation(slice, settings.validation());
        WindowSet train = startFrom.isPresent() ? settings.replay().of(stop.train(slice), seed) : stop.train(slice);
        if (train.size() == 0) {
            throw new NoDataException(
                    "%d windows leave nothing to learn from beside validation: import or fetch more history first"
                            .formatted(slice.size()));
        }
        return trainer.train(
                train,
                stop.test(slice),
                new Assignment(seed, folder.checkpoints(part), startFrom, log.epochs(part, number, parts)));
    }
}
