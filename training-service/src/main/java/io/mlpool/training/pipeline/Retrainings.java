package io.mlpool.training.pipeline;

import io.mlpool.encryption.StoredFolder;
import io.mlpool.training.Trainer;
import io.mlpool.training.Trainers;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.DatasetReader;

/**
 * Models that are made anew again and again as runs make them, to see what they would have said. None is registered.
 *
 * @param settings how runs are done
 */
public record Retrainings(DatasetReader candles, Trainers trainers, TrainingSettings settings) {

    /**
     * Reads the candles of a spec, or again those that it began with when it was killed.
     *
     * @param mostWindows that each model learns from
     * @param files folder of this retraining alone, from which it goes on
     * @throws io.mlpool.training.dataset.NoDataException when no asset has enough history
     */
    public Retraining begin(TrainingSpec spec, int mostWindows, StoredFolder files, RunEvent.Listener listener) {
        TrainingSettings own = settings.learningFrom(mostWindows);
        RunFolder folder = RunFolder.open(files);
        RunLog log = new RunLog(folder, listener);
        Trainer trainer = trainers.of(spec.algorithm()).with(spec.hyperParameters());

        log.stage("Reading %s candles".formatted(spec.interval()));
        Dataset data = new RunStart(candles, own).read(spec, trainer, folder, () -> null);
        log.snapshot(data.snapshot());
        return new Retraining(
                data.snapshot(),
                own.windows(data, spec.interval()),
                new ModelTraining(trainer, spec.learnFrom(), own, folder, log),
                spec.seed());
    }
}
