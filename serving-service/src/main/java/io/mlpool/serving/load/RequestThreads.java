package io.mlpool.serving.load;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Virtual threads that requests are answered on, so many at once. What comes while all are busy waits in order, as a connection that nobody has begun
 * to read, which takes a fraction of the memory of a request; there are no more of them than connections.
 *
 * <p>Each request gets a thread of its own: one that went on with the next would keep its core, and those that once had to wait for a lock would not
 * get one again as long as requests come.
 */
final class RequestThreads implements Executor {

    private static final ScopedValue<Duration> WAITED = ScopedValue.newInstance();

    private final int most;
    private final Semaphore free;
    private final Queue<Waiting> line = new ConcurrentLinkedQueue<>();

    /** @param most that run at once, at least 1 */
    RequestThreads(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    @Override
    public void execute(Runnable request) {
        line.add(new Waiting(request, System.nanoTime()));
        startNext();
    }

    /** How long the request that the calling thread answers had waited for it; zero outside of these threads. */
    static Duration waited() {
        return WAITED.orElse(Duration.ZERO);
    }

    int busy() {
        return most - free.availablePermits();
    }

    int waiting() {
        return line.size();
    }

    /** Called after each coming and after each going, so that none is left behind whichever was first. */
    private void startNext() {
        while (!line.isEmpty() && free.tryAcquire()) {
            Waiting next = line.poll();
            if (next != null) {
                Thread.ofVirtual().name("request").start(() -> answer(next));
            } else {
                free.release();
            }
        }
    }

    private void answer(Waiting next) {
        try {
            Duration waited = Duration.ofNanos(System.nanoTime() - next.since());
            ScopedValue.where(WAITED, waited).run(next.request());
        } finally {
            free.release();
            startNext();
        }
    }

    private record Waiting(Runnable request, long since) {}
}
