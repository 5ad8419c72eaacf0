package io.mlpool.training.dataset;

import java.time.Duration;
import java.time.Instant;

/**
 * Learn from the past, be judged on the future. A window belongs to the slice that its {@code asOf} lies in. The purge between
 * them is as long as the longest horizon or longer, so that every target of the train slice was known before the first window
 * of the test slice (López de Prado, "Advances in Financial Machine Learning", 2018, section 7.4.1).
 *
 * @param trainFrom first close time of the train slice (inclusive)
 * @param trainUntil end of the train slice (exclusive)
 * @param testFrom first close time of the test slice (inclusive)
 * @param testUntil end of the test slice (exclusive)
 * @param purge time between the slices that neither uses
 * @param horizon the longest that is forecast
 */
public record WalkForwardSplit(
        Instant trainFrom, Instant trainUntil, Instant testFrom, Instant testUntil, Duration purge, Duration horizon) {

    public WalkForwardSplit {
        if (purge.compareTo(horizon) < 0) {
            throw new IllegalArgumentException(
                    "purge must be at least the longest horizon %s, or targets leak into the test slice, found %s"
                            .formatted(horizon, purge));
        }
        if (!trainFrom.isBefore(trainUntil) || !testFrom.isBefore(testUntil)) {
            throw new IllegalArgumentException("slices must end after they begin, found train %s to %s, test %s to %s"
                    .formatted(trainFrom, trainUntil, testFrom, testUntil));
        }
        if (trainUntil.plus(purge).isAfter(testFrom)) {
            throw new IllegalArgumentException(
                    "the test slice must begin a purge of %s after the train slice ends at %s, found %s"
                            .formatted(purge, trainUntil, testFrom));
        }
    }

    /** The split whose test slice begins at {@code testFrom}, with a purge of exactly the horizon. */
    public static WalkForwardSplit at(Instant trainFrom, Instant testFrom, Instant testUntil, Duration horizon) {
        return new WalkForwardSplit(trainFrom, testFrom.minus(horizon), testFrom, testUntil, horizon, horizon);
    }

    public WindowSet train(WindowSet windows) {
        return windows.between(trainFrom, trainUntil);
    }

    public WindowSet test(WindowSet windows) {
        return windows.between(testFrom, testUntil);
    }
}
