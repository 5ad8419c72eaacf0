package io.mlpool.training.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The place in this process to train in: runs, trials and backtests share one heap, so each waits until those before it are done. Who does not get in asks
 * again after {@link #WAIT} and keeps its place in the line, without a thread meanwhile. Safe for many threads.
 */
public final class TrainingSlot {

    /** How long to leave it alone until asking again. */
    public static final Duration WAIT = Duration.ofSeconds(2);

    /** What is shown of who waits. */
    public static final String WAITING =
            "Waiting for its turn: this process trains something else (mlpool.training.at-once)";

    /** Who has not asked for so long was cancelled, or another process took it. */
    private static final Duration FORGOTTEN = WAIT.multipliedBy(5);

    /** When each asked last; the one that has waited longest comes first. */
    private final Map<String, Instant> line = new LinkedHashMap<>();

    private final Clock clock;
    private int free;

    /** @param atOnce trainings that may share the heap */
    public TrainingSlot(int atOnce, Clock clock) {
        this.free = atOnce;
        this.clock = clock;
    }

    /** Being in it, until it is closed. */
    public final class Turn implements AutoCloseable {

        private Turn() {}

        @Override
        public void close() {
            leave();
        }
    }

    /**
     * Enters, if there is room and nobody waits for longer.
     *
     * @param who is the same each time it asks
     */
    public synchronized Optional<Turn> enter(String who) {
        forget();
        line.put(who, clock.instant());
        if (line.keySet().stream().limit(free).noneMatch(who::equals)) {
            return Optional.empty();
        }
        line.remove(who);
        free--;
        return Optional.of(new Turn());
    }

    /** Whether anybody waits: who trains for hours lets others in where it can go on later. */
    public synchronized boolean isWanted() {
        forget();
        return !line.isEmpty();
    }

    private synchronized void leave() {
        free++;
    }

    private void forget() {
        Instant since = clock.instant().minus(FORGOTTEN);
        line.values().removeIf(since::isAfter);
    }
}
