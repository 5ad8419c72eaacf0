package io.mlpool.training.dataset;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that is made anew again and again, each time from all that was known by then, and is judged until the next one: how a
 * pool would have worked over a past time.
 *
 * @param folds oldest first, each judged from where the one before it ends
 */
public record RetrainingPlan(List<WalkForwardSplit> folds) {

    public RetrainingPlan {
        folds = List.copyOf(folds);
        if (folds.isEmpty()) {
            throw new IllegalArgumentException("a plan needs at least one fold");
        }
        for (int i = 1; i < folds.size(); i++) {
            if (folds.get(i).testFrom().isBefore(folds.get(i - 1).testUntil())) {
                throw new IllegalArgumentException("folds must follow each other, found %s before %s"
                        .formatted(folds.get(i).testFrom(), folds.get(i - 1).testUntil()));
            }
        }
    }

    /**
     * Plans a time.
     *
     * @param first close time of the first window that can be learned from
     * @param from close time of the first window that is judged (inclusive)
     * @param to end of the judged windows (exclusive)
     * @param every how long a model is used; the last one may be used for less
     * @param horizon the longest that is forecast: what a model learns from was over by then before it begins
     * @throws NoDataException when there is nothing to learn from before {@code from}
     */
    public static RetrainingPlan of(Instant first, Instant from, Instant to, Duration every, Duration horizon) {
        if (!first.isBefore(from.minus(horizon))) {
            throw new NoDataException(
                    "there is nothing to learn from before %s: the first window ends at %s, and it takes %s more until its outcome is known"
                            .formatted(from, first, horizon));
        }
        List<WalkForwardSplit> folds = new ArrayList<>();
        for (Instant begin = from; begin.isBefore(to); begin = begin.plus(every)) {
            Instant end = begin.plus(every).isBefore(to) ? begin.plus(every) : to;
            folds.add(WalkForwardSplit.at(first, begin, end, horizon));
        }
        return new RetrainingPlan(folds);
    }

    /** Without the folds in whose time none of these windows lies: no model is made for nobody. */
    public RetrainingPlan judging(WindowSet asked) {
        List<WalkForwardSplit> judging =
                folds.stream().filter(fold -> fold.test(asked).size() > 0).toList();
        if (judging.isEmpty()) {
            throw new NoDataException("no window of what is asked about ends between %s and %s: there are gaps"
                    .formatted(folds.getFirst().testFrom(), folds.getLast().testUntil()));
        }
        return new RetrainingPlan(judging);
    }
}
