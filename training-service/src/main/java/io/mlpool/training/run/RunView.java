package io.mlpool.training.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run as it is shown.
 *
 * @param id names it
 * @param model registered name that it makes a version of
 * @param cancelRequested whether it ends after the epoch that it is in
 * @param request what was asked for
 * @param snapshot the candles that it learns from; absent until they are read
 * @param progress the last thing that happened; absent until it runs
 * @param evaluation numbers on the held-out slice; absent until they are there
 * @param decision what the gate said; absent until it did
 * @param version in the registry; absent until it is registered
 * @param error what went wrong, when it failed
 */
public record RunView(
        String id,
        String model,
        String algorithm,
        Cause cause,
        RunState state,
        boolean cancelRequested,
        JsonNode request,
        @Nullable JsonNode snapshot,
        @Nullable JsonNode progress,
        @Nullable JsonNode evaluation,
        @Nullable JsonNode decision,
        @Nullable Integer version,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {}
