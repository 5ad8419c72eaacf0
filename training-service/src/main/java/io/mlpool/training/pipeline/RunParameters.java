package io.mlpool.training.pipeline;

import io.mlpool.training.dataset.DatasetSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * {@code params.json}: all that a run's bits depend on beside the code. A run that is taken up again with others starts over.
 *
 * @param parentVersion champion it is fine-tuned from; absent for a fresh start
 */
public record RunParameters(
        TrainingSpec spec,
        TrainingSettings settings,
        DatasetSnapshot snapshot,
        @Nullable Integer parentVersion) {}
