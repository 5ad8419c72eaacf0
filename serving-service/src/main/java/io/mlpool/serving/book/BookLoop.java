package io.mlpool.serving.book;

import io.mlpool.serving.live.ModelsChanged;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/** Calls for an update when somebody wakes it, and every few seconds in case nobody does. */
class BookLoop extends Worker {

    private static final Logger LOG = LoggerFactory.getLogger(BookLoop.class);

    private final BookKeeping keeping;
    private final BookProperties properties;
    private final Semaphore bell = new Semaphore(0);
    private String trouble = "";

    BookLoop(BookKeeping keeping, BookProperties properties) {
        super("forecast-book");
        this.keeping = keeping;
        this.properties = properties;
    }

    /** Something changed that forecasts are made from. */
    void wake() {
        bell.release();
    }

    @EventListener(ModelsChanged.class)
    void onModelsChanged() {
        wake();
    }

    @Override
    void work() throws InterruptedException {
        while (isRunning()) {
            update();
            if (bell.tryAcquire(properties.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                bell.drainPermits();
            }
        }
    }

    /** A trouble is told once; that the book recovered can be seen from its forecasts. */
    private void update() {
        try {
            keeping.update();
            trouble = "";
        } catch (RuntimeException e) {
            String kind = e.getClass().getName();
            if (isRunning() && !kind.equals(trouble)) {
                LOG.error("The forecast book cannot be brought up to date, its forecasts grow stale until it can", e);
            }
            trouble = kind;
        }
    }
}
