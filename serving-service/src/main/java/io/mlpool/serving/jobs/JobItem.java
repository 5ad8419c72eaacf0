package io.mlpool.serving.jobs;

import org.jspecify.annotations.Nullable;

/**
 * One item of a job with what became of it.
 *
 * @param position in the job, from 0
 * @param prediction JSON; null when there is an error
 * @param error JSON with status and detail; null when there is a prediction
 */
record JobItem(
        int position,
        String asset,
        String horizon,
        @Nullable String prediction,
        @Nullable String error) {

    JobItem {
        if ((prediction == null) == (error == null)) {
            throw new IllegalArgumentException("an item has a prediction or an error, %s of %s has %s"
                    .formatted(horizon, asset, prediction == null ? "none" : "both"));
        }
    }

    boolean isFailed() {
        return error != null;
    }
}
