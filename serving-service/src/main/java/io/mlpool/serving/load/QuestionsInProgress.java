package io.mlpool.serving.load;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.mlpool.errors.RefusedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Bounds how many callers' questions are computed or wait for a core, so that the last of them still gets a quick answer. */
public final class QuestionsInProgress {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final int most;
    private final Semaphore free;
    private final Counter refused;

    /** @param most running and waiting, at least 1 */
    public QuestionsInProgress(int most, MeterRegistry meters) {
        this.most = most;
        this.free = new Semaphore(most);
        this.refused = LoadConfiguration.refused(meters, "questions");
        Gauge.builder("mlpool.questions.in.progress", this, QuestionsInProgress::taken)
                .description("Questions to a model, running and waiting")
                .register(meters);
    }

    /**
     * The answer, computed by the calling thread.
     *
     * @throws RefusedException 503 when too many are in progress
     */
    public <T> T answer(Supplier<T> question) {
        if (!free.tryAcquire()) {
            refused.increment();
            throw RefusedException.unavailable(
                    "%d questions to models are in progress here, no more are taken on; ask again in a second"
                            .formatted(most),
                    SOON);
        }
        try {
            return question.get();
        } finally {
            free.release();
        }
    }

    private int taken() {
        return most - free.availablePermits();
    }
}
