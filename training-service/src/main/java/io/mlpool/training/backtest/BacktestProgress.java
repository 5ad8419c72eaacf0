package io.mlpool.training.backtest;

import io.mlpool.training.pipeline.RunEvent;
import org.jspecify.annotations.Nullable;

/**
 * How far a backtest is.
 *
 * @param message what it does, for people
 * @param fold model that is being made, counted from 1; absent before the first
 * @param folds how many there are
 * @param epoch that this model has finished; absent before its first, and where it has none
 * @param epochs most that it can take
 */
record BacktestProgress(
        String message,
        @Nullable Integer fold,
        @Nullable Integer folds,
        @Nullable Integer epoch,
        @Nullable Integer epochs) {

    static final BacktestProgress NONE = new BacktestProgress("Beginning", null, null, null, null);

    BacktestProgress beginning(int next, int of) {
        return new BacktestProgress("Training fold %d of %d".formatted(next, of), next, of, null, null);
    }

    /** How far it is after an event; the same where that tells nothing of it. */
    BacktestProgress after(RunEvent event) {
        return switch (event) {
            case RunEvent.Stage stage -> new BacktestProgress(stage.message(), fold, folds, null, null);
            case RunEvent.EpochFinished one ->
                new BacktestProgress(
                        message, fold, folds, one.epoch().number(), one.epoch().of());
            default -> this;
        };
    }
}
