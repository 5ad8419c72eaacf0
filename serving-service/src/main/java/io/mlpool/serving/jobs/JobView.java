package io.mlpool.serving.jobs;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as {@code GET /batch-jobs} tells it.
 *
 * @param models whose versions answered so far; several when another one went live meanwhile
 * @param error why it failed
 * @param result where the forecasts are, once it has succeeded
 */
record JobView(
        UUID id,
        @Nullable String name,
        JobState state,
        String interval,
        List<String> horizons,
        int assets,
        Progress progress,
        List<Answered> models,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String result) {

    /**
     * How far it is.
     *
     * @param total items, one for each asset and horizon
     * @param done items that have an answer
     * @param failed those of them whose answer is an error
     */
    record Progress(int total, int done, int failed) {}

    /** How many items a version answered. */
    record Answered(String name, int version, int items) {}

    static String result(UUID id) {
        return "/batch-jobs/%s/result".formatted(id);
    }
}
