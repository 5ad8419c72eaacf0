package io.mlpool.training.dataset;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How the time that a data set spans is used. The last part is held out: it judges the final model and nothing is fitted or
 * chosen on it. Before it, expanding folds give forecasts of windows that their model had not seen, over several regimes.
 * Every training also keeps its own last part back to know when to stop.
 *
 * @param last the final model's train slice, and the slice that is held out
 * @param folds oldest first, all within the train slice of {@code last}
 */
public record WalkForwardPlan(WalkForwardSplit last, List<WalkForwardSplit> folds) {

    /** Folds use the later half of the train slice; the first of them learns from the earlier half. */
    private static final double FIRST_TEST = 0.5;

    public WalkForwardPlan {
        folds = List.copyOf(folds);
        for (WalkForwardSplit fold : folds) {
            if (fold.testUntil().isAfter(last.trainUntil())) {
                throw new IllegalArgumentException("a fold must end before the train slice does, found %s after %s"
                        .formatted(fold.testUntil(), last.trainUntil()));
            }
        }
    }

    /**
     * Plans a data set.
     *
     * @param heldOut share of the time that is held out
     * @param mostFolds fewer are made when a fold would judge less than {@code foldWindows} windows, but at least one
     * @throws NoDataException when the windows are too few for slices that do not leak
     */
    public static WalkForwardPlan of(WindowSet windows, double heldOut, int mostFolds, int foldWindows) {
        if (windows.size() < 2) {
            throw new NoDataException("only %d windows can be cut from the candles: import or fetch more history first"
                    .formatted(windows.size()));
        }
        Duration horizon = windows.shape().horizons().getLast().duration();
        Instant first = windows.asOf(0);
        Instant end = windows.asOf(windows.size() - 1).plusSeconds(1);
        Instant judged = first.plus(scaled(Duration.between(first, end), 1 - heldOut));
        try {
            WalkForwardSplit last = WalkForwardSplit.at(first, judged, end, horizon);
            return new WalkForwardPlan(last, folds(last.train(windows), last, mostFolds, foldWindows));
        } catch (IllegalArgumentException e) {
            throw new NoDataException("%d windows from %s to %s are too few for a horizon of %s: %s"
                    .formatted(windows.size(), first, end, horizon, e.getMessage()));
        }
    }

    /** The part of a train slice that says when to stop, purged from the part that is learned from. */
    public static WalkForwardSplit validation(WindowSet train, double share) {
        if (train.size() == 0) {
            throw new NoDataException("a train slice is empty: import or fetch more history first");
        }
        Instant from = train.asOf(Math.min(train.size() - 1, (int) (train.size() * (1 - share))));
        return WalkForwardSplit.at(
                train.asOf(0),
                from,
                train.asOf(train.size() - 1).plusSeconds(1),
                train.shape().horizons().getLast().duration());
    }

    private static List<WalkForwardSplit> folds(WindowSet train, WalkForwardSplit last, int most, int foldWindows) {
        int judged = (int) (train.size() * (1 - FIRST_TEST));
        if (judged == 0) {
            throw new IllegalArgumentException(
                    "folds need at least 2 windows before the held-out slice, found " + train.size());
        }
        int count = Math.clamp(judged / foldWindows, 1, most);
        List<WalkForwardSplit> folds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant from = train.asOf(train.size() - judged + (int) ((long) judged * i / count));
            Instant until = i == count - 1
                    ? last.trainUntil()
                    : train.asOf(train.size() - judged + (int) ((long) judged * (i + 1) / count));
            folds.add(WalkForwardSplit.at(last.trainFrom(), from, until, last.horizon()));
        }
        return folds;
    }

    private static Duration scaled(Duration duration, double share) {
        return Duration.ofSeconds((long) (duration.toSeconds() * share));
    }
}
