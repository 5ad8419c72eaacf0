package io.mlpool.standalone;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C and SIGTERM as one thing: the working thread is interrupted, and the JVM ends only after that thread has put everything
 * away.
 */
final class Interruption implements AutoCloseable {

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch tidied = new CountDownLatch(1);

    /** From now on an end of the JVM waits for {@link #close}. */
    Interruption() {
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            requested.countDown();
            if (tidied.getCount() > 0) {
                worker.interrupt();
            }
            awaitTidied();
        }));
    }

    /** Returns when somebody wants the pool to stop. */
    void await() {
        try {
            requested.await();
        } catch (InterruptedException e) {
            // The interrupt says the same as the latch; what follows must not be cut short by it.
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    @Override
    public void close() {
        tidied.countDown();
    }

    private void awaitTidied() {
        try {
            tidied.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
