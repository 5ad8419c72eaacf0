package io.mlpool.training.pipeline;

import io.mlpool.training.Trainer;
import io.mlpool.training.dataset.Dataset;
import io.mlpool.training.dataset.DatasetReader;
import io.mlpool.training.dataset.DatasetSnapshot;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Begins a run, or takes it up again with the candles and the parent that it began with: newer ones are for the next run. */
record RunStart(DatasetReader candles, TrainingSettings settings) {

    /** @param parent gives the champion to fine-tune from, where the run is to */
    Dataset read(TrainingSpec spec, Trainer trainer, RunFolder folder, Supplier<@Nullable Integer> parent) {
        Optional<RunParameters> earlier = folder.parameters();
        Optional<DatasetSnapshot> begun = earlier.map(RunParameters::snapshot);
        Dataset data = candles.read(spec.candles(settings.steps(), begun));
        Integer version = earlier.isPresent() ? earlier.get().parentVersion() : parent.get();
        folder.start(new RunParameters(spec, settings, trainer.settings(), data.snapshot(), version));
        return data;
    }
}
