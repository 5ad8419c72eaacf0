package io.mlpool.serving.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets as many native inferences run at once as there are cores: more would only slow each other down, and every one of them
 * holds a carrier of the virtual threads.
 */
final class NativeCores {

    private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final Timer queue;
    private final Timer single;
    private final Timer batch;

    NativeCores(MeterRegistry meters) {
        queue = Timer.builder("mlpool.inference.queue")
                .description("Time that an inference waited for a core")
                .register(meters);
        single = inference(meters, "single");
        batch = inference(meters, "batch");
    }

    float[] run(int count, Supplier<float[]> inference) {
        Timer.Sample waiting = Timer.start();
        cores.acquireUninterruptibly();
        waiting.stop(queue);
        try {
            return measured(count == 1 ? single : batch, inference);
        } finally {
            cores.release();
        }
    }

    private static float[] measured(Timer timer, Supplier<float[]> inference) {
        Timer.Sample sample = Timer.start();
        float[] answer = inference.get();
        sample.stop(timer);
        return answer;
    }

    private static Timer inference(MeterRegistry meters, String kind) {
        return Timer.builder("mlpool.inference")
                .description("Time of a native inference")
                .tag("kind", kind)
                .publishPercentileHistogram()
                .register(meters);
    }
}
