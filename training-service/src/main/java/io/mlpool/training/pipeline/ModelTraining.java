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
import java.util.ArrayList;
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
        List<Forecasts> unseen = new ArrayList<>();
        int parts = plan.folds().size() + 1;
        for (int i = 1; i < parts; i++) {
            WalkForwardSplit fold = plan.folds().get(i - 1);
            String part = "fold-" + i;
            WindowSet judged = fold.test(windows).thinned(settings.mostJudgedWindows());
            Optional<Forecasts> done = folder.forecasts(part, judged);
            unseen.add(done.isPresent() ? done.get() : fold(part, i, parts, fold.train(windows), judged, seed + i));
        }
        return unseen;
    }

    /** How good the folds' forecasts are, before calibration. */
    List<Evaluation> evaluations(WalkForwardPlan plan, WindowSet windows, long seed) {
        List<Forecasts> unseen = folds(plan, windows, seed);
        return IntStream.range(0, unseen.size())
                .mapToObj(i -> evaluation(plan.folds().get(i).train(windows), unseen.get(i)))
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

    private Forecasts fold(String part, int number, int parts, WindowSet train, WindowSet judged, long seed) {
        log.stage("Training fold %d of %d to see how wrong such a model is".formatted(number, parts - 1));
        WindowSet learned = own(train).thinned(settings.mostFoldWindows());
        TrainedModel model = train(part, number, parts, learned, seed, Optional.empty());
        Forecasts forecasts = Forecasts.of(log.watched(model.forecaster()), judged);
        log.foldJudged(part, evaluation(train, forecasts));
        folder.save(part, forecasts);
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
