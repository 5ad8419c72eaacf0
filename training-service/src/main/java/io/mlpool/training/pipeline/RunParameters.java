package io.mlpool.training.pipeline;

import io.mlpool.training.dataset.DatasetSnapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code params.json}: all that a run's bits depend on beside the code. A run that is taken up again with others starts over.
 *
 * @param trainer settings of the trainer, by name
 * @param parentVersion champion it is fine-tuned from; absent for a fresh start
 */
public record RunParameters(
        TrainingSpec spec,
        TrainingSettings settings,
        Map<String, String> trainer,
        DatasetSnapshot snapshot,
        @Nullable Integer parentVersion) {

    public RunParameters {
        trainer = Map.copyOf(trainer);
    }
}
