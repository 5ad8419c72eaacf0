package io.mlpool.serving.jobs;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is shown; an item of it is an asset and a horizon.
 *
 * @param total items
 * @param done items that were answered, with or without a prediction
 * @param failed items of those without one
 * @param error why the job as a whole failed
 */
record BatchJob(
        UUID id,
        @Schema(example = "nightly") String name,
        JobState state,
        @Schema(example = "1h") String interval,
        @Schema(example = "[\"24h\"]") List<String> horizons,

        @Schema(description = "Items: assets times horizons", example = "300")
        int total,

        @Schema(description = "Items that were answered, with or without a prediction", example = "200")
        int done,

        @Schema(description = "Items of those without a prediction", example = "1")
        int failed,

        @Schema(description = "Why the job as a whole failed") @Nullable String error,

        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {

    BatchJob {
        horizons = List.copyOf(horizons);
    }
}
