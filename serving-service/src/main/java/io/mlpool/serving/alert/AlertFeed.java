package io.mlpool.serving.alert;

import io.mlpool.serving.alert.state.AlertEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The newest changes of alerts, read once a second for all who listen here. Who comes back after a while reads what they missed from
 * the database, and then goes on with the others.
 */
class AlertFeed {

    private static final int KEPT = 2000;
    private static final int AT_ONCE = 500;

    private final AlertHistory history;
    private final Deque<AlertEvent> recent = new ArrayDeque<>();
    private final AtomicInteger listeners = new AtomicInteger();
    private long forgotten = -1;
    private volatile long newest = -1;
    private volatile boolean ended;

    AlertFeed(AlertHistory history) {
        this.history = history;
    }

    /** Counts a listener, if there is room; each must {@link #leave} again. */
    boolean join(int most) {
        if (listeners.incrementAndGet() > most) {
            listeners.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        listeners.decrementAndGet();
    }

    int listeners() {
        return listeners.get();
    }

    boolean isEnded() {
        return ended;
    }

    /** Where somebody begins who wants nothing of before. */
    long now() {
        return history.newest();
    }

    /**
     * Some of the changes behind this number, oldest first; waits for one when there is none.
     *
     * @return empty when none came within this time, or the service ends
     */
    List<AlertEvent> after(long number, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        synchronized (this) {
            while (newest <= number && !ended) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return List.of();
                }
                wait(left);
            }
            if (ended) {
                return List.of();
            }
            if (number >= forgotten) {
                return recent.stream().filter(event -> event.number() > number).toList();
            }
        }
        return history.after(number, AT_ONCE);
    }

    /** Without anybody who listens nothing is read. */
    @Scheduled(fixedDelay = 1000)
    void look() {
        if (listeners.get() == 0 || ended) {
            return;
        }
        if (newest < 0) {
            begin(history.newest());
        } else {
            add(history.after(newest, KEPT));
        }
    }

    private synchronized void begin(long number) {
        newest = number;
        forgotten = number;
        notifyAll();
    }

    private synchronized void add(List<AlertEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        recent.addAll(events);
        newest = events.getLast().number();
        while (recent.size() > KEPT) {
            forgotten = recent.removeFirst().number();
        }
        notifyAll();
    }

    @EventListener(ContextClosedEvent.class)
    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
