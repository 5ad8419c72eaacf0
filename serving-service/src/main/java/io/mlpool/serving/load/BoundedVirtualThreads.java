package io.mlpool.serving.load;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs so many tasks at once on virtual threads; the others wait in the order in which they came. A connection that waits holds next to nothing, one
 * whose request is being read or answered tens of kilobytes; and thousands of virtual threads that all pass the same locks of Tomcat soon do nothing
 * but wait for them.
 */
final class BoundedVirtualThreads implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedVirtualThreads.class);

    private final Room room;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** @param most tasks that run at once, at least 1 */
    BoundedVirtualThreads(int most) {
        this.room = new Room(most);
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
        if (room.enter()) {
            Thread.ofVirtual().name("request").start(this::work);
        }
    }

    /** Until none waits; one that came while this thread was leaving is not left behind. */
    private void work() {
        do {
            try {
                runAll();
            } finally {
                room.leave();
            }
        } while (!waiting.isEmpty() && room.enter());
    }

    private void runAll() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A connection could not be served", e);
            }
        }
    }
}
