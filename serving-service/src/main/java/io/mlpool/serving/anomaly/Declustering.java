package io.mlpool.serving.anomaly;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Leaves of a cluster of high scores the first of each new height: one disturbance is not told again and again. Runs
 * declustering, but without a threshold and without waiting for the end of the run (Coles: An Introduction to Statistical Modeling
 * of Extreme Values, 2001, section 5.3.2). Not for several threads.
 */
public final class Declustering {

    private final int run;
    private final Deque<Score> falling = new ArrayDeque<>();
    private long time;

    /** @param run scores for which a lower one is of the same cluster */
    public Declustering(int run) {
        if (run < 0) {
            throw new IllegalArgumentException("a run must not be negative, found " + run);
        }
        this.run = run;
    }

    /** The score where it is higher than all of the run before it, 0 otherwise. */
    public double peak(double score) {
        while (!falling.isEmpty() && falling.getFirst().at() < time - run) {
            falling.removeFirst();
        }
        boolean isPeak = falling.isEmpty() || score > falling.getFirst().value();
        while (!falling.isEmpty() && falling.getLast().value() <= score) {
            falling.removeLast();
        }
        falling.addLast(new Score(time++, score));
        return isPeak ? score : 0;
    }

    private record Score(long at, double value) {}
}
