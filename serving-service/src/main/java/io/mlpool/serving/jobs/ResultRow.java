package io.mlpool.serving.jobs;

import org.jspecify.annotations.Nullable;

/**
 * What became of an item: a prediction, or the status and detail that {@code /predict} would have refused it with.
 *
 * @param item its number in the result, from 0
 * @param prediction the JSON that {@code /predict} would have answered
 */
record ResultRow(
        int item,
        String asset,
        String horizon,
        @Nullable String prediction,
        @Nullable Integer status,
        @Nullable String detail) {

    static ResultRow answered(int item, String asset, String horizon, String prediction) {
        return new ResultRow(item, asset, horizon, prediction, null, null);
    }

    static ResultRow refused(int item, String asset, String horizon, int status, String detail) {
        return new ResultRow(item, asset, horizon, null, status, detail);
    }

    boolean isRefused() {
        return status != null;
    }
}
