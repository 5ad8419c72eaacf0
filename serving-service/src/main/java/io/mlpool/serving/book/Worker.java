package io.mlpool.serving.book;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** A thread that works as long as the application runs. */
abstract class Worker implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private volatile boolean running;
    private @Nullable Thread thread;

    Worker(String name) {
        this.name = name;
    }

    /** Works until {@link #isRunning()} is false; is interrupted then. */
    abstract void work() throws InterruptedException;

    @Override
    public final synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                work();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Waits for the work at hand, which needs the database that is closed next. */
    @Override
    public final synchronized void stop() {
        running = false;
        if (thread != null) {
            thread.interrupt();
            join(thread);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final boolean isRunning() {
        return running;
    }
}
