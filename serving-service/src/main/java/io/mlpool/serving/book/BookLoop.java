package io.mlpool.serving.book;

import io.mlpool.serving.live.ModelsChanged;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

/** Calls for an update when somebody wakes it, and every few seconds in case nobody does. */
final class BookLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(BookLoop.class);

    private final BookKeeping keeping;
    private final BookProperties properties;
    private final Semaphore bell = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private volatile String trouble = "";

    BookLoop(BookKeeping keeping, BookProperties properties) {
        this.keeping = keeping;
        this.properties = properties;
    }

    /** Something changed that forecasts are made from. */
    void wake() {
        bell.release();
    }

    @EventListener
    void on(ModelsChanged event) {
        wake();
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().name("forecast-book").daemon().start(this::run);
    }

    @Override
    public void stop() {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    private void run() {
        while (isRunning()) {
            update();
            try {
                boolean rung = bell.tryAcquire(properties.pollInterval().toMillis(), TimeUnit.MILLISECONDS);
                if (rung) {
                    bell.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void update() {
        try {
            keeping.update();
            trouble = "";
        } catch (RuntimeException e) {
            if (isRunning() && !trouble.equals(e.getClass().getName())) {
                LOG.error("The forecast book cannot be brought up to date, its forecasts grow stale until it can", e);
            }
            trouble = e.getClass().getName();
        }
    }
}
