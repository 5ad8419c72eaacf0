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

    /** Who has not asked for so long was taken by another process. Of several replicas each is asked now and then only. */
    private static final Duration FORGOTTEN = WAIT.multipliedBy(30);

    /** What trains: a backtest takes hours and can go on later from its last model. */
    public enum Kind {
        RUN,
        BACKTEST
    }

    private record Waiting(Kind kind, String id) {}

    /** When each asked last; the one that has waited longest comes first. */
    private final Map<Waiting, Instant> line = new LinkedHashMap<>();

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
     * @param id is the same each time it asks
     */
    public synchronized Optional<Turn> enter(Kind kind, String id) {
        forget();
        Waiting who = new Waiting(kind, id);
        line.put(who, clock.instant());
        if (line.keySet().stream().limit(free).noneMatch(who::equals)) {
            return Optional.empty();
        }
        line.remove(who);
        free--;
        return Optional.of(new Turn());
    }

    /** Gives up its place in the line. */
    public synchronized void withdraw(Kind kind, String id) {
        line.remove(new Waiting(kind, id));
    }

    /** Whether a run waits, which a backtest lets in. */
    public synchronized boolean isWantedByRun() {
        forget();
        return line.keySet().stream().anyMatch(one -> one.kind() == Kind.RUN);
    }

    private synchronized void leave() {
        free++;
    }

    private void forget() {
        Instant since = clock.instant().minus(FORGOTTEN);
        line.values().removeIf(since::isAfter);
    }
}
